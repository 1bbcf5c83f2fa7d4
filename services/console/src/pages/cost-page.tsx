import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { costByPoolQuery, reportQuery, type CostReport } from '../adapters/cost-queries.js';
import { PERIODS, type Period } from '../domain/period.js';
import { money } from '../domain/say.js';
import { Budgets } from '../parts/budgets.js';
import { CostByPool } from '../parts/cost-by-pool.js';
import { CostControls } from '../parts/cost-controls.js';
import { CostDetails } from '../parts/cost-details.js';
import { Notice } from '../parts/notice.js';
import { PageHead } from '../parts/page-head.js';
import { SilenceLine } from '../parts/silence-line.js';
import { Skeleton } from '../parts/skeleton.js';
import { Statements } from '../parts/statements.js';

/** What the runners cost, against the same ones always on; what they may cost, and what was billed. */
export function CostPage() {
  const { period = '30d', pool } = useSearch({ from: '/shell/cost' });
  const navigate = useNavigate({ from: '/cost' });
  const poolId = pool || undefined;
  const { data: report, error, refetch } = useQuery(reportQuery(period, poolId));
  const { data: byPool, error: poolsError } = useQuery(costByPoolQuery(period));
  const choose = (part: { period?: Period; pool?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <div className="page">
      <PageHead title="Cost" lead={<Lead report={report ?? undefined} period={period} />}>
        <CostControls
          period={period}
          poolId={poolId}
          pools={byPool?.pools ?? []}
          onPeriod={(chosen) => choose({ period: chosen })}
          onPool={(id) => choose({ pool: id || undefined })}
        />
      </PageHead>
      <SilenceLine error={(report && error) || poolsError} missing={report ? byPool?.missing : []} />
      {report && <CostDetails report={report} />}
      {!report && error && (
        <Notice title="The cost could not be read." onRetry={() => void refetch()}>
          {error.message}
        </Notice>
      )}
      {report === undefined && !error && <Skeleton />}
      {report === null && <p className="card part">There is no such pool.</p>}
      {!poolId && byPool && <CostByPool pools={byPool.pools} />}
      <Budgets currency={report?.total.currency} />
      <Statements />
    </div>
  );
}

interface LeadProps {
  readonly report: CostReport | undefined;
  readonly period: Period;
}

function Lead({ report, period }: LeadProps) {
  if (!report) return <p className="lead">–</p>;
  const subject = PERIODS.find((one) => one.period === period)?.subject;
  return (
    <p className="lead">
      {subject} cost <b>{money(report.total)}</b>. The same runners, always on, would have cost{' '}
      {money(report.alwaysOnBaseline)}.
    </p>
  );
}
