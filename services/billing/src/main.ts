import { startService } from '@cleanroom/service-kit';
import { billingModule } from './billing.module.js';
import { readBillingConfig } from './config.js';

const config = readBillingConfig();
await startService('billing', billingModule(config), config);
