import { startService } from '@cleanroom/service-kit';
import { readProvisioningConfig } from './config.js';
import { provisioningModule } from './provisioning.module.js';

const config = readProvisioningConfig();
await startService('provisioning', provisioningModule(config), config);
