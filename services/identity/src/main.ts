import { startService } from '@cleanroom/service-kit';
import { readIdentityConfig } from './config.js';
import { identityModule } from './identity.module.js';

const config = readIdentityConfig();
await startService('identity', identityModule(config), config);
