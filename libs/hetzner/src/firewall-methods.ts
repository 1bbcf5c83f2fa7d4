import { z } from 'zod';
import { hetznerAction, type HetznerAction } from './hetzner-action.js';
import {
  firewallOrderBody,
  firewallRulesBody,
  hetznerFirewall,
  labelSelectorTarget,
  serverTarget,
  type FirewallOrder,
  type HetznerFirewall,
  type HetznerFirewallRule,
} from './hetzner-firewall.js';
import type { OperationName } from './operations.js';
import type { Requests } from './requests.js';

export interface FirewallMethods {
  createFirewall(order: FirewallOrder): Promise<HetznerFirewall>;
  findFirewallByName(name: string): Promise<HetznerFirewall | undefined>;
  /** `not-found` where it does not exist. */
  getFirewall(id: number): Promise<HetznerFirewall>;
  listFirewalls(labelSelector: string): Promise<HetznerFirewall[]>;
  /** Replaces all rules. */
  setFirewallRules(id: number, rules: readonly HetznerFirewallRule[]): Promise<HetznerAction[]>;
  /** In force once the actions succeeded. `conflict` where it is applied so already. */
  applyFirewallToLabelSelector(id: number, selector: string): Promise<HetznerAction[]>;
  removeFirewallFromLabelSelector(id: number, selector: string): Promise<HetznerAction[]>;
  /** `not-found` where it is not applied to that very server: a selector's work is not undone by it. */
  removeFirewallFromServer(id: number, serverId: number): Promise<HetznerAction[]>;
  /** Replaces all labels. */
  updateFirewallLabels(id: number, labels: Readonly<Record<string, string>>): Promise<HetznerFirewall>;
  /** `conflict` while it is applied to something; `not-found` where it is gone already. */
  deleteFirewall(id: number): Promise<void>;
}

const firewallAnswer = z.object({ firewall: hetznerFirewall });
const actionsAnswer = z.object({ actions: z.array(hetznerAction).default([]) });

export function firewallMethods(requests: Requests): FirewallMethods {
  const actionsOf = async (name: OperationName, id: number, body: object): Promise<HetznerAction[]> =>
    (await requests.one(name, actionsAnswer, { id, body })).actions;
  return {
    createFirewall: async (order) =>
      (await requests.one('createFirewall', firewallAnswer, { body: firewallOrderBody(order) })).firewall,
    findFirewallByName: async (name) =>
      (await requests.all('findFirewallByName', 'firewalls', hetznerFirewall, { query: { name } }))[0],
    getFirewall: async (id) => (await requests.one('getFirewall', firewallAnswer, { id })).firewall,
    listFirewalls: (labelSelector) =>
      requests.all('listFirewalls', 'firewalls', hetznerFirewall, {
        query: { label_selector: labelSelector },
      }),
    setFirewallRules: (id, rules) => actionsOf('setFirewallRules', id, { rules: firewallRulesBody(rules) }),
    applyFirewallToLabelSelector: (id, selector) =>
      actionsOf('applyFirewallToLabelSelector', id, { apply_to: labelSelectorTarget(selector) }),
    removeFirewallFromLabelSelector: (id, selector) =>
      actionsOf('removeFirewallFromLabelSelector', id, { remove_from: labelSelectorTarget(selector) }),
    removeFirewallFromServer: (id, serverId) =>
      actionsOf('removeFirewallFromServer', id, { remove_from: serverTarget(serverId) }),
    updateFirewallLabels: async (id, labels) =>
      (await requests.one('updateFirewallLabels', firewallAnswer, { id, body: { labels } })).firewall,
    deleteFirewall: (id) => requests.none('deleteFirewall', { id }),
  };
}
