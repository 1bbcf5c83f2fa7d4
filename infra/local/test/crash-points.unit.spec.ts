import { adapters, crashPoints } from './crash-points.js';
import { outsideCallsOf, readSource } from './outside-calls.js';

/** What reaches outside and is no adapter. A new one is named here, with a reason, or gets crash points. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  // Asks our own gateway whether it is there, and leaves nothing behind by that.
  provisioning: [
    'adapters/machine/reaches-gateway.ts: node:http',
    'adapters/machine/reaches-gateway.ts: node:https',
    'adapters/machine/reaches-gateway.ts: node:tls',
  ],
};

describe.each(Object.entries(adapters))('the source of %s', (service, named) => {
  const { adapters: found, others } = outsideCallsOf(service);

  it('has no class that speaks to Hetzner or GitLab and is not crashed at', () => {
    const classes = found.map((place) => place.split(': ')[1]).sort();
    expect(classes).toEqual(
      Object.values(named)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('reaches outside by these classes alone', () => {
    expect(others).toEqual(HARMLESS[service] ?? []);
  });

  it('is killed at each method of them, before, while and after it is called', () => {
    for (const [name, { prototype }] of Object.entries(named)) {
      const methods = Object.getOwnPropertyNames(prototype).filter((method) => method !== 'constructor');
      expect(methods.length).toBeGreaterThan(0);
      const points = methods.flatMap((method) =>
        ['before', 'sent', 'answered'].map((moment) => `${name}.${method}:${moment}`),
      );
      expect(crashPoints[service]).toEqual(expect.arrayContaining(points));
    }
  });
});

describe('an outside call is found', () => {
  const CLIENT = `import type { GitLabClient } from '@cleanroom/gitlab';\n`;

  it('in a class that holds a client', () => {
    const { adapters: found } = readSource(
      'a.ts',
      `${CLIENT} class Calls { constructor(client: GitLabClient) {} }`,
    );
    expect(found).toEqual(['a.ts: Calls']);
  });

  it.each([
    [
      'a client without a class',
      `${CLIENT} export const remove = (client: GitLabClient) => client.deleteRunner(1);`,
    ],
    [
      'createGitLabClient',
      `const client = createGitLabClient(o); await client.deleteRunner(1); new Calls(client);`,
    ],
    ['createHetznerClient', `createHetznerClient(o).deleteServer(1);`],
    ['guardedFetch', `const ask = guardedFetch(o); await ask('https://a.example');`],
    ['fetch', `await this.fetch('https://a.example');`],
    ['fetch', `await fetch('https://a.example');`],
    ['undici', `import { request } from 'undici';`],
    ['node:https', `import { get } from 'node:https';`],
    ['node:net', `const { connect } = await import('node:net');`],
  ])('as %s', (what, text) => {
    expect(readSource('a.ts', text).others).toEqual([`a.ts: ${what}`]);
  });

  it.each([
    `new Calls(createGitLabClient(o));`,
    `const client = createHetznerClient(o); return withCrashPoints('a', new Calls(client), at);`,
    `this.fetch = guardedFetch(o);`,
    `import type { Server } from 'node:http';`,
  ])('and not where there is none: %s', (text) => {
    expect(readSource('a.ts', text)).toEqual({ adapters: [], others: [] });
  });
});
