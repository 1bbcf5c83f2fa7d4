/** One request that this product is able to express. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the endpoint; `{id}` stands for the number of the resource. */
  readonly path: string;
}

/**
 * Everything that this product can ever ask of Hetzner, by the name of the client's method. What is not here cannot
 * be said: no passwords, no rescue system, no console, no writing of images, no volumes.
 */
export const operations = {
  listServerTypes: { method: 'GET', path: '/server_types' },
  listLocations: { method: 'GET', path: '/locations' },
  findImagesByName: { method: 'GET', path: '/images' },
  getPricing: { method: 'GET', path: '/pricing' },

  createSshKey: { method: 'POST', path: '/ssh_keys' },
  findSshKeyByName: { method: 'GET', path: '/ssh_keys' },
  updateSshKeyLabels: { method: 'PUT', path: '/ssh_keys/{id}' },
  deleteSshKey: { method: 'DELETE', path: '/ssh_keys/{id}' },

  createPrimaryIp: { method: 'POST', path: '/primary_ips' },
  findPrimaryIpByName: { method: 'GET', path: '/primary_ips' },
  getPrimaryIp: { method: 'GET', path: '/primary_ips/{id}' },
  listPrimaryIps: { method: 'GET', path: '/primary_ips' },
  updatePrimaryIp: { method: 'PUT', path: '/primary_ips/{id}' },
  deletePrimaryIp: { method: 'DELETE', path: '/primary_ips/{id}' },

  createServer: { method: 'POST', path: '/servers' },
  findServerByName: { method: 'GET', path: '/servers' },
  getServer: { method: 'GET', path: '/servers/{id}' },
  listServers: { method: 'GET', path: '/servers' },
  updateServerLabels: { method: 'PUT', path: '/servers/{id}' },
  rebuildServer: { method: 'POST', path: '/servers/{id}/actions/rebuild' },
  deleteServer: { method: 'DELETE', path: '/servers/{id}' },

  getActions: { method: 'GET', path: '/actions' },
  listServerActions: { method: 'GET', path: '/servers/{id}/actions' },

  createFirewall: { method: 'POST', path: '/firewalls' },
  findFirewallByName: { method: 'GET', path: '/firewalls' },
  getFirewall: { method: 'GET', path: '/firewalls/{id}' },
  listFirewalls: { method: 'GET', path: '/firewalls' },
  setFirewallRules: { method: 'POST', path: '/firewalls/{id}/actions/set_rules' },
  applyFirewallToLabelSelector: { method: 'POST', path: '/firewalls/{id}/actions/apply_to_resources' },
  removeFirewallFromLabelSelector: { method: 'POST', path: '/firewalls/{id}/actions/remove_from_resources' },
  removeFirewallFromServer: { method: 'POST', path: '/firewalls/{id}/actions/remove_from_resources' },
  updateFirewallLabels: { method: 'PUT', path: '/firewalls/{id}' },
  deleteFirewall: { method: 'DELETE', path: '/firewalls/{id}' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
