import { startService } from '@cleanroom/service-kit';
import { readFirewallConfig } from './config.js';
import { firewallModule } from './firewall.module.js';

const config = readFirewallConfig();
await startService('firewall', firewallModule(config), config);
