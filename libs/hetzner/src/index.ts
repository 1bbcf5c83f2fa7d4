export type { ActionMethods } from './action-methods.js';
export type { CatalogueMethods } from './catalogue-methods.js';
export * from './client.js';
export type { FirewallMethods } from './firewall-methods.js';
export type { HetznerAction } from './hetzner-action.js';
export type {
  HetznerImage,
  HetznerLocation,
  HetznerPrice,
  HetznerPricing,
  HetznerServerType,
} from './hetzner-catalogue.js';
export { onHetznerCall, type HetznerCall } from './hetzner-calls.js';
export * from './hetzner-error.js';
export type {
  FirewallOrder,
  HetznerFirewall,
  HetznerFirewallRule,
  HetznerFirewallTarget,
} from './hetzner-firewall.js';
export type { HetznerOrderPrice } from './hetzner-order-price.js';
export type { HetznerPrimaryIp, PrimaryIpChange, PrimaryIpOrder } from './hetzner-primary-ip.js';
export type { HetznerServer, ServerOrder } from './hetzner-server.js';
export type { HetznerSshKey, SshKeyOrder } from './hetzner-ssh-key.js';
export * from './operations.js';
export type { PrimaryIpMethods } from './primary-ip-methods.js';
export type { OrderedServer, ServerMethods, ServerRebuild } from './server-methods.js';
export type { SshKeyMethods } from './ssh-key-methods.js';
