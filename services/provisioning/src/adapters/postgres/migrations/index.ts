import { changeLogMigration, messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration } from '@cleanroom/persistence';
import { Provisioning202611230900 } from './202611230900-provisioning.js';
import { Budgets202611231700 } from './202611231700-budgets.js';
import { RefusedForAWhile202611231420 } from './202611231420-refused-for-a-while.js';
import { SeriesOfJobs202611231330 } from './202611231330-series-of-jobs.js';
import { ProtectedRefs202611231340 } from './202611231340-protected-refs.js';
import { RunnerTrouble202611232040 } from './202611232040-runner-trouble.js';
import { UnprotectedSince202611280740 } from './202611280740-unprotected-since.js';
import { RefusedBecause202611280810 } from './202611280810-refused-because.js';
import { BrakedSightings202611281200 } from './202611281200-braked-sightings.js';
import { RunnerOfMachine202611301545 } from './202611301545-runner-of-machine.js';
import { ClaimedJob202611302120 } from './202611302120-claimed-job.js';
import { MachineReadyAt202611302150 } from './202611302150-machine-ready-at.js';
import { PriceAtOrder202612010245 } from './202612010245-price-at-order.js';
import { AbsentServers202612010410 } from './202612010410-absent-servers.js';
import { IdleSaidAt202612010415 } from './202612010415-idle-said-at.js';

/** Everything that the provisioning service's database is made of, in order. */
export const migrations = [
  ...messagingMigrations,
  changeLogMigration,
  Provisioning202611230900,
  SeriesOfJobs202611231330,
  ProtectedRefs202611231340,
  RefusedForAWhile202611231420,
  Budgets202611231700,
  RunnerTrouble202611232040,
  UnprotectedSince202611280740,
  RefusedBecause202611280810,
  BrakedSightings202611281200,
  RunnerOfMachine202611301545,
  ClaimedJob202611302120,
  MachineReadyAt202611302150,
  PriceAtOrder202612010245,
  usedNoncesMigration,
  AbsentServers202612010410,
  IdleSaidAt202612010415,
];
