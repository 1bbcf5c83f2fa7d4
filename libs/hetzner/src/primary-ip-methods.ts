import { z } from 'zod';
import {
  hetznerPrimaryIp,
  primaryIpChangeBody,
  primaryIpOrderBody,
  type HetznerPrimaryIp,
  type PrimaryIpChange,
  type PrimaryIpOrder,
} from './hetzner-primary-ip.js';
import type { Requests } from './requests.js';

export interface PrimaryIpMethods {
  createPrimaryIp(order: PrimaryIpOrder): Promise<HetznerPrimaryIp>;
  findPrimaryIpByName(name: string): Promise<HetznerPrimaryIp | undefined>;
  /** `not-found` where it does not exist. */
  getPrimaryIp(id: number): Promise<HetznerPrimaryIp>;
  listPrimaryIps(labelSelector: string): Promise<HetznerPrimaryIp[]>;
  updatePrimaryIp(id: number, change: PrimaryIpChange): Promise<HetznerPrimaryIp>;
  /** `must-be-unassigned` while a server holds it; `not-found` where it is gone already. */
  deletePrimaryIp(id: number): Promise<void>;
}

const answer = z.object({ primary_ip: hetznerPrimaryIp });

export const primaryIpMethods = (requests: Requests): PrimaryIpMethods => ({
  createPrimaryIp: async (order) =>
    (await requests.one('createPrimaryIp', answer, { body: primaryIpOrderBody(order) })).primary_ip,
  findPrimaryIpByName: async (name) =>
    (await requests.all('findPrimaryIpByName', 'primary_ips', hetznerPrimaryIp, { query: { name } }))[0],
  getPrimaryIp: async (id) => (await requests.one('getPrimaryIp', answer, { id })).primary_ip,
  listPrimaryIps: (labelSelector) =>
    requests.all('listPrimaryIps', 'primary_ips', hetznerPrimaryIp, {
      query: { label_selector: labelSelector },
    }),
  updatePrimaryIp: async (id, change) =>
    (await requests.one('updatePrimaryIp', answer, { id, body: primaryIpChangeBody(change) })).primary_ip,
  deletePrimaryIp: (id) => requests.none('deletePrimaryIp', { id }),
});
