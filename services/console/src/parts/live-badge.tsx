import { useLive, useLiveFleet } from '../adapters/live-context.js';
import type { LiveStatus } from '../adapters/live-fleet.js';
import { useNow } from '../adapters/use-now.js';
import { amountOf, duration, number } from '../domain/say.js';

/** Whether what is shown is what is. */
export function LiveBadge() {
  const live = useLive();
  const { retry } = useLiveFleet();
  const isBroken = live.phase === 'reconnecting';
  return (
    <div className={`live live-${live.phase}`}>
      <span className="live-lamp" />
      <span role="status">{wordOf(live)}</span>
      {isBroken ? <Since asOf={live.asOf} /> : <Rate live={live} />}
      {isBroken && (
        <button className="link-button" type="button" onClick={retry}>
          Try now
        </button>
      )}
    </div>
  );
}

const wordOf = ({ phase }: LiveStatus): string =>
  phase === 'live' ? 'Live' : phase === 'reconnecting' ? 'Reconnecting' : 'Loading';

function Rate({ live: { phase, loaded, total, changesPerSecond } }: { readonly live: LiveStatus }) {
  if (phase !== 'live')
    return total > 0 ? (
      <span className="muted">
        {number(loaded)} of {number(total)}
      </span>
    ) : null;
  if (changesPerSecond === 0) return null;
  return <span className="muted live-rate">{amountOf(changesPerSecond, 'change')}/s</span>;
}

/** In real time: it is the connection that is old. */
function Since({ asOf }: { readonly asOf: number }) {
  useNow();
  return <span className="muted">as of {duration(realNow() - asOf)} ago</span>;
}

const realNow = (): number => Date.now();
