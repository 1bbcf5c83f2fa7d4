import { startService } from '@cleanroom/service-kit';
import { readSchedulingConfig } from './config.js';
import { SchedulingModule } from './scheduling.module.js';

const config = readSchedulingConfig();
await startService('scheduling', SchedulingModule.with(config), config);
