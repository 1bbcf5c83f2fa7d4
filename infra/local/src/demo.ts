import { writeFileSync } from 'node:fs';
import { graphqlClient } from './graphql-client.js';
import { ensureOrganizations } from './organizations.js';
import { seedDemo } from './seed-demo.js';
import type { System } from './system.js';

/** What `.cleanroom/demo.json` tells people and programs that want to talk to the demo. */
export interface Demo {
  graphqlUrl: string;
  /** WebSocket address of the subscriptions. */
  subscriptionsUrl: string;
  /** Role OWNER. */
  apiToken: string;
  /** Role VIEWER. */
  viewerToken: string;
  /** OWNER of a second, empty organisation. */
  otherOrgToken: string;
  /** Ends in `/v1`. */
  hetznerUrl: string;
  hetznerToken: string;
  gitlabUrl: string;
  gitlabToken: string;
  oidcIssuer: string;
  /** Value of CLEANROOM_CLOCK, of which a client can compute the demo's now. */
  clock: string;
}

/**
 * Makes the demo's organisations and pool, or finds those of an earlier start, and writes demo.json when all is there.
 *
 * @returns besides, whether its pool was made now
 */
export async function setUpDemo({
  installation,
  folder,
  ports,
}: System): Promise<{ demo: Demo; poolMade: boolean }> {
  await ensureOrganizations(installation);
  const { apiTokens, hetznerToken, gitlabToken } = folder.state;
  const { owner = '', viewer = '', other = '' } = apiTokens;
  const demo: Demo = {
    graphqlUrl: `http://127.0.0.1:${ports.gateway}/graphql`,
    subscriptionsUrl: `ws://127.0.0.1:${ports.gateway}/graphql`,
    apiToken: owner,
    viewerToken: viewer,
    otherOrgToken: other,
    hetznerUrl: `http://127.0.0.1:${ports.hetzner}/v1`,
    hetznerToken,
    gitlabUrl: `http://127.0.0.1:${ports.gitlab}`,
    gitlabToken,
    oidcIssuer: `http://127.0.0.1:${ports.gateway}/oidc`,
    clock: installation.clock,
  };
  const poolMade = await seedDemo(graphqlClient(demo.graphqlUrl, demo.apiToken), demo);
  writeFileSync(folder.file('demo.json'), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return { demo, poolMade };
}
