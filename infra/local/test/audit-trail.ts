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
  /** Those of a token of ours: others of the installation's tests change things, too. */
  const entries = async (actor: string): Promise<Entry[]> => {
    const { viewer } = await running().ask<{
      viewer: { organization: { auditLog: { nodes: Entry[] } } };
    }>(LOG);
    return viewer.organization.auditLog.nodes.filter((entry) => entry.actor === actor);
  };
  const tokenOf = async (name: string, role: string): Promise<string> => {
    const { createApiToken } = await running().ask<{ createApiToken: { secret: string } }>(
      `mutation { createApiToken(name: "${name}", role: ${role}) { secret userErrors { code } } }`,
    );
    return createApiToken.secret;
  };

  it('tells of a change in each service, and of who was refused', async () => {
    const { ask, askAs } = running();
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
    const change = askAs(await tokenOf('trail-owner', 'OWNER'));
    for (const mutation of Object.values(changes))
      await change(`mutation { ${mutation} { userErrors { code message path } } }`);
    const tryIt = askAs(await tokenOf('trail-viewer', 'VIEWER'));
    await tryIt(`mutation { deleteRunnerPool(id: "${poolId}") { userErrors { code } } }`);
    await eventually(
      async () => {
        const done = await entries('trail-owner');
        expect(done.map(({ action, outcome }) => [action, outcome]).sort()).toEqual(
          Object.keys(changes)
            .map((action) => [action, 'DONE'])
            .sort(),
        );
        expect(await entries('trail-viewer')).toMatchObject([
          { action: 'delete-runner-pool', target: poolId, outcome: 'NOT_ALLOWED' },
        ]);
      },
      { within: 60_000 },
    );
  }, 120_000);
};
