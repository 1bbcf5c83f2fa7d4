import { deleteRunner } from '../api/delete-runner.js';
import { renewToken } from '../api/renew-token.js';
import { forbidden, invalidParameters, notFound } from '../wire/answer.js';
import type { OpenRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { authenticateRunner, noteContact, readRunnerCall } from './runner-calls.js';

/** What a runner does with its own token, beside asking for jobs. */
export const registrationRoutes = (world: World): OpenRoute[] => [
  verifyRunnerRoute(world),
  deleteRunnerByTokenRoute(world),
  deleteRunnerManagerRoute(world),
  resetRunnerTokenRoute(world),
  registerRunnerRoute(),
  discoverJobRouterRoute(),
];

const verifyRunnerRoute = (world: World): OpenRoute => ({
  operation: 'verify_runner',
  method: 'POST',
  url: '/runners/verify',
  caller: 'runner',
  handle: (request) => {
    const call = readRunnerCall(request);
    const runner = authenticateRunner(world, call);
    if (call.system_id === undefined) throw invalidParameters('system_id is missing');
    noteContact(world, runner, call, request.sourceAddress);
    return { status: 200, body: { id: runner.id, token: call.token, token_expires_at: null } };
  },
});

const deleteRunnerByTokenRoute = (world: World): OpenRoute => ({
  operation: 'delete_runner_by_token',
  method: 'DELETE',
  url: '/runners',
  caller: 'runner',
  handle: (request) => {
    deleteRunner(world, authenticateRunner(world, readRunnerCall(request)), 'token');
    return { status: 204 };
  },
});

const deleteRunnerManagerRoute = (world: World): OpenRoute => ({
  operation: 'delete_runner_manager',
  method: 'DELETE',
  url: '/runners/managers',
  caller: 'runner',
  handle: (request) => {
    const call = readRunnerCall(request);
    const runner = authenticateRunner(world, call);
    if (call.system_id === undefined) throw invalidParameters('system_id is missing');
    const found = world.state.managers.find(
      (one) => one.runnerId === runner.id && one.systemId === call.system_id,
    );
    if (!found) throw notFound('Runner manager');
    world.state.managers = world.state.managers.filter(({ id }) => id !== found.id);
    world.changed();
    return { status: 204 };
  },
});

const resetRunnerTokenRoute = (world: World): OpenRoute => ({
  operation: 'reset_runner_token',
  method: 'POST',
  url: '/runners/reset_authentication_token',
  caller: 'runner',
  handle: (request) => renewToken(world, authenticateRunner(world, readRunnerCall(request))),
});

const registerRunnerRoute = (): OpenRoute => ({
  operation: 'register_runner',
  method: 'POST',
  url: '/runners',
  caller: 'runner',
  handle: () => ({ status: 410, body: { message: '410 Gone - Runner registration tokens are disabled' } }),
});

const discoverJobRouterRoute = (): OpenRoute => ({
  operation: 'discover_job_router',
  method: 'GET',
  url: '/runners/router/discovery',
  caller: 'runner',
  handle: (request) => {
    if (request.headers['runner-token'] === undefined) throw forbidden();
    return { status: 501, body: { message: '501 Not Implemented' } };
  },
});
