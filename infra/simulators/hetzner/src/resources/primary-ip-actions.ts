import { z } from 'zod';
import { doneAction, primaryIpResource } from '../actions.js';
import { ApiError, invalidInput } from '../api-error.js';
import { nameAddress, reverseNameField } from '../reverse-names.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import { actionBody } from '../wire/action-body.js';
import { idField, readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { assignableServer, beginAssignment, beginRelease } from './primary-ip-assignment.js';
import { findPrimaryIp } from './primary-ips.js';

const assignment = z.object({ assignee_id: idField, assignee_type: z.literal('server') });
const protection = z.object({ delete: z.boolean().optional() });

function assign(world: World, { project, params, body }: ApiRequest): Answer {
  const ip = findPrimaryIp(project, params.id);
  const { assignee_id: serverId } = readBody(assignment, body);
  if (ip.assigneeId !== null) {
    throw new ApiError(422, 'primary_ip_already_assigned', 'the Primary IP is already assigned');
  }
  const server = assignableServer(world, project, serverId, ip);
  return { status: 201, body: { action: beginAssignment(world, project, ip, server) }, resourceId: ip.id };
}

function changeProtection(world: World, { project, params, body }: ApiRequest): Answer {
  const ip = findPrimaryIp(project, params.id);
  const { delete: isProtected = ip.deleteProtected } = readBody(protection, body);
  if (isProtected && ip.autoDelete)
    throw invalidInput({ delete: 'a Primary IP with auto_delete cannot be protected' });
  ip.deleteProtected = isProtected;
  const action = doneAction(world, project, 'change_protection', primaryIpResource(ip.id));
  return { status: 201, body: { action: actionBody(action) }, resourceId: ip.id };
}

function changeReverseName(world: World, { project, params, body }: ApiRequest): Answer {
  const ip = findPrimaryIp(project, params.id);
  nameAddress(ip, readBody(reverseNameField, body));
  const action = doneAction(world, project, 'change_dns_ptr', primaryIpResource(ip.id));
  return { status: 201, body: { action: actionBody(action) }, resourceId: ip.id };
}

const path = (verb: string): string => `/primary_ips/{id}/actions/${verb}`;

/** Giving addresses to servers and taking them back, their names, and protection. */
export const primaryIpActionRoutes: readonly Route[] = [
  { operation: 'assign_primary_ip', method: 'POST', path: path('assign'), handle: assign },
  {
    operation: 'unassign_primary_ip',
    method: 'POST',
    path: path('unassign'),
    handle: (world, { project, params }) => {
      const ip = findPrimaryIp(project, params.id);
      return { status: 201, body: { action: beginRelease(world, project, ip) }, resourceId: ip.id };
    },
  },
  {
    operation: 'change_primary_ip_protection',
    method: 'POST',
    path: path('change_protection'),
    handle: changeProtection,
  },
  {
    operation: 'change_primary_ip_dns_ptr',
    method: 'POST',
    path: path('change_dns_ptr'),
    handle: changeReverseName,
  },
];
