import type { TestInstallation } from './installation.js';

/** Ids of what the rows before have made. */
export type Made = Readonly<Record<string, string>>;

/** One mutation that is done, and what the audit log says of it. */
export interface AuditRow {
  /** The call with its arguments, written out. */
  call: (made: Made, installation: TestInstallation) => string;
  /** What of its answer to select beside `userErrors`, where it makes something that later rows change. */
  makes?: { what: string; select: string };
  /** Name of what it is done to, among what was made; `organization` is the caller's. */
  target: string;
  /** Where that is not the mutation's name in other letters. */
  action?: string;
  /** What must have come about first. */
  needs?: 'an awake runner';
}

const text = (value: string): string => JSON.stringify(value);
const SCHEDULE = `{ name: "trail", timeZone: "UTC", windows: [] }`;
const POLICY = `{ name: "trail", inbound: [], outbound: [] }`;
/** What the simulator takes for one of a project of its own. */
export const PROJECT_TOKEN = 't'.repeat(64);

/**
 * Every mutation of the API in an order in which each can be done, with what it takes from those before. One without a row
 * here does not pass.
 */
export const auditRows: Readonly<Record<string, AuditRow>> = {
  connectHetznerProject: {
    call: (_, { demo }) =>
      `connectHetznerProject(input: { name: "trail", apiToken: "${PROJECT_TOKEN}", endpoint: ${text(demo.hetznerUrl)} })`,
    makes: { what: 'hetznerProject', select: 'hetznerProject { id }' },
    target: 'hetznerProject',
  },
  updateHetznerProject: {
    call: ({ hetznerProject }) => `updateHetznerProject(id: "${hetznerProject}", name: "trail 2")`,
    target: 'hetznerProject',
  },
  disconnectHetznerProject: {
    call: ({ hetznerProject }) => `disconnectHetznerProject(id: "${hetznerProject}")`,
    target: 'hetznerProject',
  },
  connectGitLab: {
    call: (_, { demo }) =>
      `connectGitLab(input: { name: "trail", url: ${text(demo.gitlabUrl)}, accessToken: ${text(demo.gitlabToken)} })`,
    makes: { what: 'gitlab', select: 'gitlab { id }' },
    target: 'gitlab',
  },
  updateGitLab: { call: ({ gitlab }) => `updateGitLab(id: "${gitlab}", name: "trail 2")`, target: 'gitlab' },
  disconnectGitLab: { call: ({ gitlab }) => `disconnectGitLab(id: "${gitlab}")`, target: 'gitlab' },
  createApiToken: {
    call: () => `createApiToken(name: "made by trail", role: VIEWER)`,
    makes: { what: 'apiToken', select: 'apiToken { id }' },
    target: 'apiToken',
  },
  revokeApiToken: { call: ({ apiToken }) => `revokeApiToken(id: "${apiToken}")`, target: 'apiToken' },
  createRunnerPool: {
    call: ({ demoProject, demoGitlab }) =>
      `createRunnerPool(input: { name: "trail", hetznerProjectId: "${demoProject}", gitlabConnectionId: "${demoGitlab}",
         scope: { kind: PROJECT, fullPath: "acme/web" }, tags: ["trail"], serverTypes: ["cx23"], locations: ["fsn1"], size: 2 })`,
    makes: { what: 'pool', select: 'runnerPool { id }' },
    target: 'pool',
  },
  updateRunnerPool: {
    call: ({ pool }) => `updateRunnerPool(input: { id: "${pool}", tags: ["trail", "trail-2"] })`,
    target: 'pool',
  },
  resizeRunnerPool: {
    call: ({ pool }) => `resizeRunnerPool(id: "${pool}", size: 1, confirm: true)`,
    target: 'pool',
  },
  pauseRunnerPool: {
    call: ({ pool }) => `pauseRunnerPool(id: "${pool}", paused: false)`,
    target: 'pool',
    action: 'resume-runner-pool',
  },
  createFirewallPolicy: {
    call: () => `createFirewallPolicy(input: ${POLICY})`,
    makes: { what: 'policy', select: 'firewallPolicy { id }' },
    target: 'policy',
  },
  updateFirewallPolicy: {
    call: ({ policy }) =>
      `updateFirewallPolicy(id: "${policy}", input: ${POLICY.replace('trail', 'trail 2')})`,
    target: 'policy',
  },
  assignFirewallPolicy: {
    call: ({ policy, pool }) => `assignFirewallPolicy(policyId: "${policy}", poolId: "${pool}")`,
    target: 'policy',
  },
  unassignFirewallPolicy: {
    call: ({ policy, pool }) => `unassignFirewallPolicy(policyId: "${policy}", poolId: "${pool}")`,
    target: 'policy',
  },
  deleteFirewallPolicy: { call: ({ policy }) => `deleteFirewallPolicy(id: "${policy}")`, target: 'policy' },
  createSchedule: {
    call: () => `createSchedule(input: ${SCHEDULE})`,
    makes: { what: 'schedule', select: 'schedule { id }' },
    target: 'schedule',
  },
  updateSchedule: {
    call: ({ schedule }) =>
      `updateSchedule(id: "${schedule}", input: ${SCHEDULE.replace('trail', 'trail 2')})`,
    target: 'schedule',
  },
  assignSchedule: {
    call: ({ pool, demoSchedule }) => `assignSchedule(poolId: "${pool}", scheduleId: "${demoSchedule}")`,
    target: 'pool',
  },
  overrideSchedule: {
    call: ({ schedule }) =>
      `overrideSchedule(scheduleId: "${schedule}", from: "2031-01-01T00:00:00Z", to: "2031-01-02T00:00:00Z", warm: 0, reason: "trail")`,
    makes: { what: 'override', select: 'schedule { overrides { id } }' },
    target: 'schedule',
  },
  removeOverride: { call: ({ override }) => `removeOverride(id: "${override}")`, target: 'override' },
  deleteSchedule: { call: ({ schedule }) => `deleteSchedule(id: "${schedule}")`, target: 'schedule' },
  setBudget: {
    call: ({ pool }) =>
      `setBudget(poolId: "${pool}", limit: { amount: "9999", currency: "EUR" }, onExhausted: WARN)`,
    target: 'pool',
  },
  removeBudget: { call: ({ pool }) => `removeBudget(poolId: "${pool}")`, target: 'pool' },
  wakeRunner: { call: ({ runner }) => `wakeRunner(id: "${runner}")`, target: 'runner' },
  drainRunner: {
    call: ({ runner }) => `drainRunner(id: "${runner}")`,
    target: 'runner',
    needs: 'an awake runner',
  },
  deleteRunnerPool: { call: ({ pool }) => `deleteRunnerPool(id: "${pool}")`, target: 'pool' },
};
