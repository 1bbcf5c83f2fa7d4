import { TOKEN, type SimulatorProgram } from './simulator-process.js';

/** A simulated GitLab that lets the bench do everything. */
export const gitlabProgram = (env: Readonly<Record<string, string>> = {}): SimulatorProgram => ({
  name: 'gitlab',
  env: { CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ [TOKEN]: { scopes: ['api'] } }), ...env },
  ready: '/_sim/workload',
});
