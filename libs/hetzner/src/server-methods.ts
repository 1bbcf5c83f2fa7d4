import { z } from 'zod';
import { hetznerAction, type HetznerAction } from './hetzner-action.js';
import { hetznerOrderPrice, type HetznerOrderPrice } from './hetzner-order-price.js';
import { hetznerServer, serverOrderBody, type HetznerServer, type ServerOrder } from './hetzner-server.js';
import type { Requests } from './requests.js';

/** What an accepted order answers. */
export interface OrderedServer {
  readonly server: HetznerServer;
  readonly action: HetznerAction;
  /** Actions that follow by themselves, such as the first start. */
  readonly nextActions: readonly HetznerAction[];
  /** What the server was ordered at, where the answer says so. */
  readonly price: HetznerOrderPrice | undefined;
}

/** What the next generation of a machine is made of. */
export interface ServerRebuild {
  readonly image: string;
  /** Replaces the user data of the order, for later rebuilds too. */
  readonly userData: string;
}

export interface ServerMethods {
  /**
   * Never sent twice. After `unknown-outcome` the name tells whether there is a server; after `name-taken` there is
   * one, and its labels tell whose.
   */
  createServer(order: ServerOrder): Promise<OrderedServer>;
  findServerByName(name: string): Promise<HetznerServer | undefined>;
  /** `not-found` where it does not exist. */
  getServer(id: number): Promise<HetznerServer>;
  listServers(labelSelector: string): Promise<HetznerServer[]>;
  /** Replaces all labels. */
  updateServerLabels(id: number, labels: Readonly<Record<string, string>>): Promise<HetznerServer>;
  /** Wipes the disk and starts afresh; id, addresses, labels, firewalls and the paid hour stay. Never sent twice. */
  rebuildServer(id: number, rebuild: ServerRebuild): Promise<HetznerAction>;
  /** `not-found` where it is gone already. Primary IPs without `autoDelete` stay. */
  deleteServer(id: number): Promise<HetznerAction>;
}

const serverAnswer = z.object({ server: hetznerServer });
const actionAnswer = z.object({ action: hetznerAction });
const orderAccepted = z
  .object({ server: hetznerServer, action: hetznerAction, next_actions: z.array(hetznerAction).default([]) })
  .transform(({ next_actions, ...same }) => ({ ...same, nextActions: next_actions }));
const orderAnswer: z.ZodType<OrderedServer> = z.intersection(orderAccepted, hetznerOrderPrice);

export const serverMethods = (requests: Requests): ServerMethods => ({
  createServer: (order) => requests.one('createServer', orderAnswer, { body: serverOrderBody(order) }),
  findServerByName: async (name) =>
    (await requests.all('findServerByName', 'servers', hetznerServer, { query: { name } }))[0],
  getServer: async (id) => (await requests.one('getServer', serverAnswer, { id })).server,
  listServers: (labelSelector) =>
    requests.all('listServers', 'servers', hetznerServer, { query: { label_selector: labelSelector } }),
  updateServerLabels: async (id, labels) =>
    (await requests.one('updateServerLabels', serverAnswer, { id, body: { labels } })).server,
  rebuildServer: async (id, { image, userData }) => {
    const body = { image, user_data: userData };
    return (await requests.one('rebuildServer', actionAnswer, { id, body })).action;
  },
  deleteServer: async (id) => (await requests.one('deleteServer', actionAnswer, { id })).action,
});
