import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { poolNamesQuery, type PoolName } from '../adapters/pool-names-query.js';
import { staticIpsQuery } from '../adapters/static-ips-query.js';
import { allowList, type AllowListForm, type StaticIp } from '../domain/allow-list.js';
import { amountOf } from '../domain/say.js';
import { CopiedLines } from '../parts/copied-lines.js';
import { PageHead } from '../parts/page-head.js';
import { ReadingPage } from '../parts/reading-page.js';
import { SilenceLine } from '../parts/silence-line.js';
import { UnreadablePage } from '../parts/unreadable-page.js';

const TITLE = 'Static IPs';

/** Every address from which runners speak, to be copied into the allow-lists of others. */
export function StaticIpsPage() {
  const { pool = '', form = 'addresses' } = useSearch({ from: '/shell/static-ips' });
  const { data, error, refetch } = useQuery(staticIpsQuery(pool));
  const { data: pools, error: poolsError } = useQuery(poolNamesQuery);
  if (!data && error) return <UnreadablePage title={TITLE} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title={TITLE} />;
  const lines = allowList(data, form);
  return (
    <div className="page">
      <PageHead title={TITLE} lead={<Lead ips={data} count={lines.length} />}>
        <Controls pools={pools?.items ?? []} pool={pool} form={form} />
      </PageHead>
      <SilenceLine error={error ?? poolsError} />
      <section className="card part" aria-label="Allow-list">
        {lines.length > 0 ? (
          <CopiedLines lines={lines} what={`all ${lines.length}`} />
        ) : (
          <p className="muted">None yet. A runner gets its address when its pool is made, and keeps it.</p>
        )}
      </section>
    </div>
  );
}

function Lead({ ips, count }: { readonly ips: readonly StaticIp[]; readonly count: number }) {
  const ofStatus = (status: StaticIp['status']) => ips.filter((ip) => ip.status === status).length;
  const [coming, going] = [ofStatus('RESERVING'), ofStatus('RELEASING')];
  return (
    <p className="lead">
      <b>{amountOf(count, 'address', 'addresses')}</b>, kept through sleep and every new machine.
      {coming > 0 && ` ${coming} more ${coming === 1 ? 'is' : 'are'} being reserved.`}
      {going > 0 &&
        ` ${going} ${going === 1 ? 'is' : 'are'} being released, and left out: soon somebody else’s.`}
    </p>
  );
}

interface ControlsProps {
  readonly pools: readonly PoolName[];
  readonly pool: string;
  readonly form: AllowListForm;
}

function Controls({ pools, pool, form }: ControlsProps) {
  const navigate = useNavigate({ from: '/static-ips' });
  const choose = (part: { pool?: string | undefined; form?: AllowListForm | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <>
      <label>
        <span className="only-read">Pool</span>
        <select
          className="button"
          value={pool}
          onChange={({ target }) => choose({ pool: target.value || undefined })}
        >
          <option value="">All pools</option>
          {pools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="only-read">Written as</span>
        <select
          className="button"
          value={form}
          onChange={({ target }) => choose({ form: target.value === 'blocks' ? 'blocks' : undefined })}
        >
          <option value="addresses">addresses</option>
          <option value="blocks">blocks (/32)</option>
        </select>
      </label>
    </>
  );
}
