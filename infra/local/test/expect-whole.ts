import { readClock } from '@cleanroom/kernel';
import type { Demo } from '../src/demo.js';

/** That demo.json tells all that it is to tell, in the forms that clients want, and nothing else. */
export function expectWhole(demo: Demo, factor: number): void {
  const { graphqlUrl, subscriptionsUrl, hetznerUrl, gitlabUrl, oidcIssuer, clock, ...tokens } = demo;
  const names = ['apiToken', 'gitlabToken', 'hetznerToken', 'otherOrgToken', 'viewerToken'];
  expect(Object.keys(tokens).sort()).toEqual(names);
  for (const token of Object.values(tokens)) expect(token).toHaveLength(64);
  for (const url of [graphqlUrl, gitlabUrl, oidcIssuer]) expect(url).toMatch(/^http:/);
  expect(subscriptionsUrl).toMatch(/^ws:/);
  expect(hetznerUrl).toMatch(/\/v1$/);
  expect(readClock(clock)?.factor).toBe(factor);
}
