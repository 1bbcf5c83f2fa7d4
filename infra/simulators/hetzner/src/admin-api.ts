import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { capacityChange } from './capacity.js';
import { priceChange } from './catalogue/price-list.js';
import { clockJump, jump } from './clock-jump.js';
import { faultOrder } from './faults.js';
import { guestPlan } from './guest-behaviour.js';
import type { Project } from './state.js';
import { tokenMap, type Tokens } from './tokens.js';
import { nowOf, type World } from './world.js';

export interface AdminOptions {
  readonly world: World;
  readonly tokens: Tokens;
}

const faultNumber = z.object({ id: z.coerce.number().int() });
const callFilter = z.object({
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
  server.get('/_sim/ledger', ({ query }) => world.ledger.report(nowOf(world), callFilter.parse(query)));
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
    reply.code(201).send({ id: faults.inject(faultOrder.parse(bodyOf(request.body))) }),
  );
  server.delete('/_sim/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  server.delete('/_sim/faults/:id', (request, reply) => {
    faults.clear(faultNumber.parse(request.params).id);
    return reply.code(204).send();
  });
}

function serveSettings(server: FastifyInstance, { world, tokens }: AdminOptions): void {
  server.put('/_sim/capacity', (request) => {
    world.capacity.change(capacityChange.parse(bodyOf(request.body)));
    world.changed();
    return world.capacity.shown();
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
  server.post('/_sim/clock', (request) => {
    jump(world, clockJump.parse(bodyOf(request.body)));
    return { now: world.clock.now().toISOString() };
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
