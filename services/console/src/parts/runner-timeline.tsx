import type { RunnerDetails } from '../adapters/runner-query.js';
import { timelineWords } from '../domain/timeline-words.js';
import { byDay, timeOf } from '../domain/when.js';

interface RunnerTimelineProps {
  readonly timeline: RunnerDetails['timeline'];
  /** Asks for more; left out where no more can be had at once. */
  readonly onMore: (() => void) | undefined;
}

/** What happened to a runner, the latest first: day, second, and who did it. */
export function RunnerTimeline({ timeline: { nodes, pageInfo }, onMore }: RunnerTimelineProps) {
  return (
    <section className="card part" aria-labelledby="timeline">
      <h2 id="timeline">
        Timeline <span className="muted">UTC</span>
      </h2>
      {nodes.length === 0 && <p className="muted">Nothing has happened yet.</p>}
      {byDay(nodes).map(({ day, events }) => (
        <div key={day}>
          <h3>{day}</h3>
          <ol className="timeline">
            {events.map(({ at, message, actor }, index) => (
              <li key={`${at}-${index}`}>
                <time dateTime={at}>{timeOf(at)}</time>
                <span>{timelineWords(message)}</span>
                <span className="muted">{actor}</span>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {pageInfo.hasNextPage &&
        (onMore ? (
          <button className="link-button" type="button" onClick={onMore}>
            Show earlier
          </button>
        ) : (
          <p className="muted">What is older is in the API.</p>
        ))}
    </section>
  );
}
