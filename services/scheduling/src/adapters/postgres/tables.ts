import { ConnectionTable } from './connection.table.js';
import { DecisionTable } from './decision.table.js';
import { HetznerProjectTable } from './hetzner-project.table.js';
import { HintTable } from './hint.table.js';
import { HookTable } from './hook.table.js';
import { JobTable } from './job.table.js';
import { PoolTable } from './pool.table.js';
import { ProjectTable } from './project.table.js';
import { GitLabRunnerTable, RunnerTable } from './runner.table.js';
import { OverrideTable, ScheduleTable } from './schedule.table.js';

/** Every table of this service's own. */
export const tables = [
  ConnectionTable,
  HetznerProjectTable,
  ProjectTable,
  HookTable,
  HintTable,
  PoolTable,
  RunnerTable,
  GitLabRunnerTable,
  JobTable,
  ScheduleTable,
  OverrideTable,
  DecisionTable,
];
