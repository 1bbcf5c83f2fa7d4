import { timestampDate } from '@bufbuild/protobuf/wkt';
import { RunnerState, RunnerTrouble, topics, type RunnerChanged } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { followRunner } from '../../actions/follow-runner.js';
import type { Trouble } from '../../domain/trouble.js';
import type { RunnerNews } from '../../ledger-port.js';
import { ledgerOf } from '../postgres/ledger.store.js';

/** Hears of runners: which are busy, and under which number GitLab knows them. */
export const onRunnerChanged = (clock: Clock): Consumer =>
  consumer(topics.runner, (tx, { message, at }) =>
    followRunner(ledgerOf(tx), runnerOf(message, at), clock.now()),
  );

/** One that is named only by a newer version is none that we know. */
const troubleOf: Partial<Record<RunnerTrouble, Trouble>> = {
  [RunnerTrouble.ADDRESS_BUDGET]: 'ADDRESS_BUDGET',
  [RunnerTrouble.BUDGET]: 'BUDGET',
  [RunnerTrouble.CREDENTIALS]: 'CREDENTIALS',
  [RunnerTrouble.LIMIT]: 'LIMIT',
  [RunnerTrouble.SOLD_OUT]: 'SOLD_OUT',
  [RunnerTrouble.UNPREPARED]: 'UNPREPARED',
};

const runnerOf = (message: RunnerChanged, at: Date): RunnerNews => ({
  id: message.runnerId,
  organizationId: message.organizationId,
  version: Number(message.version),
  poolId: message.poolId,
  name: message.name,
  // The names of the enumeration are those of the public API.
  state: RunnerState[message.state] ?? 'UNSPECIFIED',
  stateSince: message.stateSince ? timestampDate(message.stateSince) : at,
  stateReason: message.stateReason,
  trouble: troubleOf[message.trouble] ?? null,
  nextTryAt: message.nextTryAt ? timestampDate(message.nextTryAt) : null,
  hasMachine: message.machineId !== '',
  gitlabRunnerId: message.gitlabRunnerId === 0n ? null : Number(message.gitlabRunnerId),
});
