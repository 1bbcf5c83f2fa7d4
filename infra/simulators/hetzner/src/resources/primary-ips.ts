import { z } from 'zod';
import { addPrimaryIp, removePrimaryIp } from '../addresses.js';
import { ApiError, invalidInput, isProtected, nameTaken, notFound } from '../api-error.js';
import { locations } from '../catalogue/locations.js';
import { holdQuota, requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { PrimaryIp, Project } from '../state.js';
import { idField, idOrName, labelsField, readBody } from '../wire/body.js';
import { page } from '../wire/page.js';
import { primaryIpBody } from '../wire/primary-ip-body.js';
import { secondOf, type World } from '../world.js';
import { assignableServer, beginAssignment } from './primary-ip-assignment.js';

const order = z.object({
  name: z.string().min(1),
  type: z.enum(['ipv4', 'ipv6']),
  location: idOrName.nullish(),
  assignee_id: idField.nullish(),
  assignee_type: z.enum(['server', 'unassigned']).optional(),
  auto_delete: z.boolean().default(false),
  labels: labelsField.default({}),
});

const change = z.object({
  name: z.string().min(1).optional(),
  labels: labelsField.optional(),
  auto_delete: z.boolean().optional(),
});

function createPrimaryIp(world: World, { project, body }: ApiRequest): Answer {
  const wanted = readBody(order, body);
  if (wanted.location && wanted.assignee_id) {
    throw invalidInput({
      location: 'is exclusive with assignee_id',
      assignee_id: 'is exclusive with location',
    });
  }
  const server = wanted.assignee_id
    ? assignableServer(world, project, wanted.assignee_id, { type: wanted.type, location: undefined })
    : undefined;
  const place = wanted.location ?? server?.location;
  if (place === undefined) {
    throw invalidInput({
      assignee_id: 'required without location',
      location: 'required without assignee_id',
    });
  }
  const location = locations.find(({ id, name }) => String(id) === place || name === place);
  if (!location) throw invalidInput({ location: 'location not found' });
  requireFreeName(project, wanted.name);
  requireQuota(world, project, 'primaryIps');
  const { name, type, labels, auto_delete: autoDelete } = wanted;
  const ip = addPrimaryIp(world, project, {
    name,
    type,
    labels,
    autoDelete,
    location: location.name,
    assigneeId: null,
  });
  const action = server ? beginAssignment(world, project, ip, server) : null;
  return { status: 201, body: { primary_ip: primaryIpBody(ip), action }, resourceId: ip.id };
}

function updatePrimaryIp(world: World, { project, params, body }: ApiRequest): Answer {
  const ip = findPrimaryIp(project, params.id);
  const { name, labels, auto_delete: autoDelete } = readBody(change, body);
  if (autoDelete && ip.deleteProtected)
    throw invalidInput({ auto_delete: 'must be false for a protected Primary IP' });
  if (name !== undefined && name !== ip.name) {
    requireFreeName(project, name);
    ip.name = name;
  }
  if (labels) {
    ip.labels = labels;
    world.ledger.relabelled('primary_ip', ip.id, secondOf(world), labels);
  }
  ip.autoDelete = autoDelete ?? ip.autoDelete;
  return { status: 200, body: { primary_ip: primaryIpBody(ip) }, resourceId: ip.id };
}

function deletePrimaryIp(world: World, { project, params }: ApiRequest): Answer {
  const ip = findPrimaryIp(project, params.id);
  if (ip.deleteProtected) throw isProtected('Primary IP');
  if (ip.assigneeId !== null) {
    throw new ApiError(
      422,
      'must_be_unassigned',
      'the Primary IP must be unassigned before it can be deleted',
    );
  }
  removePrimaryIp(world, project, ip);
  holdQuota(world, project, 'primaryIps');
  return { status: 204, resourceId: ip.id };
}

export function findPrimaryIp(project: Project, id: string | undefined): PrimaryIp {
  const ip = project.primaryIps[id ?? ''];
  if (!ip) throw notFound('Primary IP', id ?? '');
  return ip;
}

function requireFreeName(project: Project, name: string): void {
  if (Object.values(project.primaryIps).some((ip) => ip.name === name)) throw nameTaken('Primary IP');
}

/** Addresses that live by themselves. */
export const primaryIpRoutes: readonly Route[] = [
  {
    operation: 'list_primary_ips',
    method: 'GET',
    path: '/primary_ips',
    handle: (_world, request) => {
      const address = request.query.get('ip');
      const all = Object.values(request.project.primaryIps).filter(
        ({ ip }) => address === null || ip === address,
      );
      return page(request, 'primary_ips', all, primaryIpBody);
    },
  },
  { operation: 'create_primary_ip', method: 'POST', path: '/primary_ips', handle: createPrimaryIp },
  {
    operation: 'get_primary_ip',
    method: 'GET',
    path: '/primary_ips/{id}',
    handle: (_world, { project, params }) => {
      const ip = findPrimaryIp(project, params.id);
      return { status: 200, body: { primary_ip: primaryIpBody(ip) }, resourceId: ip.id };
    },
  },
  { operation: 'update_primary_ip', method: 'PUT', path: '/primary_ips/{id}', handle: updatePrimaryIp },
  { operation: 'delete_primary_ip', method: 'DELETE', path: '/primary_ips/{id}', handle: deletePrimaryIp },
];
