import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

const LOG = `{ viewer { organization { auditLog(first: 100) { nodes { actor action target outcome } } } } }`;

interface Entry {
  actor: string;
  action: string;
  target: string | null;
  outcome: string;
}

/** That whoever changes something, in whichever service, is in the audit log with it. */
export const auditTrail = (running: () => TestInstallation) => () => {
  const entries = async (): Promise<Entry[]> => {
    const { viewer } = await running().ask<{
      viewer: { organization: { auditLog: { nodes: Entry[] } } };
    }>(LOG);
    return viewer.organization.auditLog.nodes;
  };

  it('tells of a change in each service, and of who was refused', async () => {
    const { ask, askAs, demo } = running();
    const { runnerPools } = await ask<{ runnerPools: { nodes: { id: string }[] } }>(
      '{ runnerPools(first: 1) { nodes { id } } }',
    );
    const poolId = runnerPools.nodes[0]?.id ?? '';
    const changes = {
      'resume-runner-pool': `pauseRunnerPool(id: "${poolId}", paused: false)`,
      'create-firewall-policy': `createFirewallPolicy(input: { name: "trail", inbound: [], outbound: [] })`,
      'create-schedule': `createSchedule(input: { name: "trail", timeZone: "UTC", windows: [] })`,
      'set-budget': `setBudget(poolId: "${poolId}", limit: { amount: "9999", currency: "EUR" }, onExhausted: WARN)`,
    };
    for (const change of Object.values(changes))
      await ask(`mutation { ${change} { userErrors { code message path } } }`);
    await askAs(demo.viewerToken)(`mutation { deleteRunnerPool(id: "${poolId}") { userErrors { code } } }`);
    await eventually(
      async () => {
        const found = await entries();
        for (const action of Object.keys(changes))
          expect(found.filter((entry) => entry.action === action)).toMatchObject([{ outcome: 'DONE' }]);
        expect(found).toContainEqual(
          expect.objectContaining({ action: 'delete-runner-pool', target: poolId, outcome: 'NOT_ALLOWED' }),
        );
      },
      { within: 60_000 },
    );
  }, 120_000);
};
