import { z } from 'zod';
import { concerns } from '../actions.js';
import { ApiError, inConflict, nameTaken, notFound } from '../api-error.js';
import { holdQuota, requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Firewall, Project } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { labelsField, readBody } from '../wire/body.js';
import { firewallBody } from '../wire/firewall-body.js';
import { page } from '../wire/page.js';
import { secondOf, takeId, type World } from '../world.js';
import { rulesField } from './firewall-rules.js';
import { applyTo, targetsField, toTargets } from './firewall-targets.js';

const name = z.string().min(1).max(128);
const order = z.object({
  name,
  labels: labelsField.default({}),
  rules: rulesField.default([]),
  apply_to: targetsField.default([]),
});
const change = z.object({ name: name.optional(), labels: labelsField.optional() });

function createFirewall(world: World, { project, body }: ApiRequest): Answer {
  const wanted = readBody(order, body);
  requireFreeName(project, wanted.name);
  requireQuota(world, project, 'firewalls');
  const targets = toTargets(project, wanted.apply_to, undefined, 422);
  const firewall: Firewall = {
    id: takeId(world),
    name: wanted.name,
    labels: wanted.labels,
    created: secondOf(world),
    rules: wanted.rules,
    appliedTo: [],
  };
  project.firewalls[firewall.id] = firewall;
  world.ledger.otherBegan('firewall', project.name, firewall);
  const actions = applyTo(world, project, firewall, targets);
  return {
    status: 201,
    body: { firewall: firewallBody(project, firewall), actions: actions.map(actionBody) },
    resourceId: firewall.id,
  };
}

function updateFirewall(_world: World, { project, params, body }: ApiRequest): Answer {
  const firewall = findFirewall(project, params.id);
  requireNoChange(project, firewall);
  const wanted = readBody(change, body);
  if (wanted.name !== undefined && wanted.name !== firewall.name) {
    requireFreeName(project, wanted.name);
    firewall.name = wanted.name;
  }
  firewall.labels = wanted.labels ?? firewall.labels;
  return { status: 200, body: { firewall: firewallBody(project, firewall) }, resourceId: firewall.id };
}

function deleteFirewall(world: World, { project, params }: ApiRequest): Answer {
  const firewall = findFirewall(project, params.id);
  const stillApplied = Object.values(project.servers).some(({ firewalls }) =>
    firewalls.some(({ id }) => id === firewall.id),
  );
  if (stillApplied || firewall.appliedTo.length > 0) {
    throw new ApiError(422, 'resource_in_use', `firewall with ID '${firewall.id}' is still in use`);
  }
  delete project.firewalls[firewall.id];
  world.ledger.otherEnded(firewall.id, secondOf(world));
  holdQuota(world, project, 'firewalls');
  return { status: 204, resourceId: firewall.id };
}

/** Throws 409 while the rules of a firewall are changed. */
export function requireNoChange(project: Project, { id }: Firewall): void {
  const running = project.running.flatMap((actionId) => project.actions[actionId] ?? []);
  if (running.some((each) => each.command === 'set_firewall_rules' && concerns(each, 'firewall', id)))
    throw inConflict();
}

export function findFirewall(project: Project, id: string | undefined): Firewall {
  const firewall = project.firewalls[id ?? ''];
  if (!firewall) throw notFound('firewall', id ?? '');
  return firewall;
}

function requireFreeName(project: Project, wanted: string): void {
  if (Object.values(project.firewalls).some((firewall) => firewall.name === wanted))
    throw nameTaken('firewall');
}

/** Firewalls as such; what they apply to and their rules are changed by actions. */
export const firewallRoutes: readonly Route[] = [
  {
    operation: 'list_firewalls',
    method: 'GET',
    path: '/firewalls',
    handle: (_world, request) =>
      page(request, 'firewalls', Object.values(request.project.firewalls), (firewall) =>
        firewallBody(request.project, firewall),
      ),
  },
  { operation: 'create_firewall', method: 'POST', path: '/firewalls', handle: createFirewall },
  {
    operation: 'get_firewall',
    method: 'GET',
    path: '/firewalls/{id}',
    handle: (_world, { project, params }) => {
      const firewall = findFirewall(project, params.id);
      return { status: 200, body: { firewall: firewallBody(project, firewall) }, resourceId: firewall.id };
    },
  },
  { operation: 'update_firewall', method: 'PUT', path: '/firewalls/{id}', handle: updateFirewall },
  { operation: 'delete_firewall', method: 'DELETE', path: '/firewalls/{id}', handle: deleteFirewall },
];
