import { z } from 'zod';
import { beginAction, finishLater, firewallResource } from '../actions.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Action } from '../state.js';
import { actionBody } from '../wire/action-body.js';
import { readBody } from '../wire/body.js';
import type { World } from '../world.js';
import { rulesField } from './firewall-rules.js';
import { applyTo, removeFrom, targetsField, toTargets } from './firewall-targets.js';
import { findFirewall, requireNoChange } from './firewalls.js';

const application = z.object({ apply_to: targetsField.min(1) });
const removal = z.object({ remove_from: targetsField.min(1) });
/** hcloud-go writes null where a firewall shall have no rules any more. */
const rules = z.object({ rules: rulesField.nullable() });

const answer = (id: number, actions: Action[]): Answer => ({
  status: 201,
  body: { actions: actions.map(actionBody) },
  resourceId: id,
});

function apply(world: World, { project, params, body }: ApiRequest): Answer {
  const firewall = findFirewall(project, params.id);
  const targets = toTargets(project, readBody(application, body).apply_to, firewall, 404);
  return answer(firewall.id, applyTo(world, project, firewall, targets));
}

function remove(world: World, { project, params, body }: ApiRequest): Answer {
  const firewall = findFirewall(project, params.id);
  const targets = readBody(removal, body).remove_from.map((each) =>
    each.type === 'server'
      ? ({ type: 'server', serverId: each.server.id } as const)
      : ({ type: 'label_selector', selector: each.label_selector.selector } as const),
  );
  return answer(firewall.id, removeFrom(world, project, firewall, targets));
}

function setRules(world: World, { project, params, body }: ApiRequest): Answer {
  const firewall = findFirewall(project, params.id);
  const { rules: wanted } = readBody(rules, body);
  requireNoChange(project, firewall);
  firewall.rules = wanted ?? [];
  const action = beginAction(world, project, 'set_firewall_rules', firewallResource(firewall.id));
  return answer(firewall.id, [finishLater(world, project, action, world.latency.applyFirewall())]);
}

const path = (verb: string): string => `/firewalls/{id}/actions/${verb}`;

/** What changes a firewall's rules and reach. */
export const firewallActionRoutes: readonly Route[] = [
  {
    operation: 'apply_firewall_to_resources',
    method: 'POST',
    path: path('apply_to_resources'),
    handle: apply,
  },
  {
    operation: 'remove_firewall_from_resources',
    method: 'POST',
    path: path('remove_from_resources'),
    handle: remove,
  },
  { operation: 'set_firewall_rules', method: 'POST', path: path('set_rules'), handle: setRules },
];
