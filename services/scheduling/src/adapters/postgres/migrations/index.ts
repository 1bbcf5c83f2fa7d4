import { changeLogMigration, messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration, type MigrationClass } from '@cleanroom/persistence';
import { FirstTables202611230900 } from './202611230900-first-tables.js';
import { HolidayCountries202611231300 } from './202611231300-holiday-countries.js';
import { TimesToReady202611231310 } from './202611231310-times-to-ready.js';
import { HetznerProjects202611231320 } from './202611231320-hetzner-projects.js';
import { ProtectedRefs202611231330 } from './202611231330-protected-refs.js';
import { ScheduleNames202611231430 } from './202611231430-schedule-names.js';
import { RunnerTrouble202611232040 } from './202611232040-runner-trouble.js';
import { NextTry202611301530 } from './202611301530-next-try.js';
import { LeftAt202611301925 } from './202611301925-left-at.js';

/** Everything that scheduling's database is made of, in order. */
export const migrations: MigrationClass[] = [
  ...messagingMigrations,
  changeLogMigration,
  FirstTables202611230900,
  HolidayCountries202611231300,
  TimesToReady202611231310,
  HetznerProjects202611231320,
  ProtectedRefs202611231330,
  ScheduleNames202611231430,
  RunnerTrouble202611232040,
  NextTry202611301530,
  LeftAt202611301925,
  usedNoncesMigration,
];
