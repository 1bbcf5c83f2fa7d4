import { hetznerAction, type HetznerAction } from './hetzner-action.js';
import type { Requests } from './requests.js';

export interface ActionMethods {
  /** Many actions with one request for every 25 of them. `not-found` where one of them never was. */
  getActions(ids: readonly number[]): Promise<HetznerAction[]>;
  /** The latest first. */
  listServerActions(serverId: number): Promise<HetznerAction[]>;
}

/** As many as Hetzner's own client asks for at once. */
const AT_ONCE = 25;

export const actionMethods = (requests: Requests): ActionMethods => ({
  getActions: async (ids) => {
    const found: HetznerAction[] = [];
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const query = { id: ids.slice(start, start + AT_ONCE) };
      found.push(...(await requests.all('getActions', 'actions', hetznerAction, { query })));
    }
    return found;
  },
  listServerActions: (id) =>
    requests.all('listServerActions', 'actions', hetznerAction, { id, query: { sort: 'id:desc' } }),
});
