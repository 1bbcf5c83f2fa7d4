import { settingOf } from '@cleanroom/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultOrder } from '@cleanroom/simulator-journal';
import { limitsOrder } from './capacity.js';
import { priceChange } from './catalogue/price-list.js';
import { guestPlan } from './guest-behaviour.js';
import { machineOrder } from './machine-order.js';
import { modesOf } from './operations.js';
import { stockOrder } from './stock-order.js';
import type { Project } from './state.js';
import { tokenMap, type Tokens } from './tokens.js';
import { nowOf, type World } from './world.js';

export interface AdminOptions {
  readonly world: World;
  readonly tokens: Tokens;
}

const fault = faultOrder(modesOf);
const ledgerQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });

const faultNumber = z.object({ number: z.coerce.number().int() });
const callFilter = z.strictObject({
  since: z.coerce.number().int().min(0).optional(),
  operation: z.string().optional(),
});
const revocation = z.strictObject({ token: z.string() });

/** What tests and demos steer the simulator with; Hetzner has nothing like it. */
export function serveAdminApi(server: FastifyInstance, options: AdminOptions): void {
  serveReports(server, options);
  serveFaults(server, options);
  serveSettings(server, options);
}

function serveReports(server: FastifyInstance, { world }: AdminOptions): void {
  server.get('/_sim/ledger', ({ query }) => ({
    now: world.clock.now().toISOString(),
    clock: settingOf(world.clock),
    ...world.ledger.shown(nowOf(world), ledgerQuery.parse(query).after),
  }));
  server.get('/_sim/report', ({ query }) => world.ledger.report(nowOf(world), callFilter.parse(query)));
  server.get('/_sim/state', () => ({
    now: world.clock.now().toISOString(),
    projects: Object.values(world.state.projects).map(shownProject),
    plannedTasks: world.state.tasks.length,
    runningGuests: world.guests.count,
    capacity: world.capacity.shown(),
    guests: world.guestBehaviour.shown(),
    prices: world.prices.shown(),
    faults: world.faults.shown(),
  }));
}

function serveFaults(server: FastifyInstance, { world: { faults } }: AdminOptions): void {
  server.post('/_sim/faults', (request, reply) =>
    reply.code(201).send({ number: faults.inject(fault.parse(bodyOf(request.body))) }),
  );
  server.get('/_sim/faults', () => ({ faults: faults.shown() }));
  server.delete('/_sim/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  server.delete('/_sim/faults/:number', (request, reply) => {
    faults.clear(faultNumber.parse(request.params).number);
    return reply.code(204).send();
  });
}

function serveSettings(server: FastifyInstance, { world, tokens }: AdminOptions): void {
  server.put('/_sim/limits', (request, reply) => {
    world.capacity.limit(limitsOrder.parse(bodyOf(request.body)));
    world.changed();
    return reply.code(204).send();
  });
  server.put('/_sim/stock', (request, reply) => {
    world.capacity.put(stockOrder.parse(bodyOf(request.body)));
    world.changed();
    return reply.code(204).send();
  });
  server.post('/_sim/machines', (request, reply) => {
    world.guestBehaviour.order(machineOrder.parse(bodyOf(request.body)));
    return reply.code(201).send(world.guestBehaviour.shown());
  });
  server.put('/_sim/guests', (request) => {
    world.guestBehaviour.follow(guestPlan.parse(bodyOf(request.body)));
    return world.guestBehaviour.shown();
  });
  server.put('/_sim/prices', (request) => {
    world.prices.change(priceChange.parse(bodyOf(request.body)));
    world.changed();
    return world.prices.shown();
  });
  server.put('/_sim/tokens', (request, reply) => {
    tokens.add(tokenMap.parse(bodyOf(request.body)));
    return reply.code(204).send();
  });
  server.delete('/_sim/tokens', (request, reply) => {
    tokens.revoke(revocation.parse(bodyOf(request.body)).token);
    return reply.code(204).send();
  });
}

/** User data and disks hold secrets of machines; nobody who looks needs them. */
const shownProject = (project: Project): object => ({
  ...project,
  servers: Object.values(project.servers).map(({ userData, disk: _disk, ...server }) => ({
    ...server,
    userDataBytes: Buffer.byteLength(userData),
  })),
  primaryIps: Object.values(project.primaryIps),
  firewalls: Object.values(project.firewalls),
  sshKeys: Object.values(project.sshKeys),
  networks: Object.values(project.networks),
  placementGroups: Object.values(project.placementGroups),
  actions: Object.values(project.actions),
});

/** Throws SyntaxError for what is no JSON. */
const bodyOf = (body: unknown): unknown => (typeof body === 'string' && body !== '' ? JSON.parse(body) : {});
