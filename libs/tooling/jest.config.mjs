import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const swc = JSON.parse(readFileSync(new URL('../../.swcrc', import.meta.url), 'utf8'));
// The build leaves specs out; the tests are specs.
delete swc.exclude;
delete swc.$schema;

/** Suites that break things, put load on them or need minutes: `npm run test:faults`. */
const FAULTS = '**/test/faults/*.spec.ts';
const isFault = '/test/faults/[^/]+\\.spec\\.ts$';
/** What a user does with `npm start`, again and again: `npm run test:start`. */
const START = '**/start.e2e.spec.ts';
const isStart = '/test/start\\.e2e\\.spec\\.ts$';

/** Folders whose integration specs can be run as one. */
const foldersTogether = globSync('{libs,services,infra,infra/simulators}/*/test/together.int.ts', {
  cwd: rootDir,
})
  .map(dirname)
  .map((folder) => `/${folder}/[^/]+\\.int\\.spec\\.ts$`);

const level = (name, overrides = {}) => ({
  displayName: name,
  rootDir,
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/infra'],
  testMatch: [`**/*.${name}.spec.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', isFault],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  // The workspace's packages are read from their sources, not from a build that may be stale.
  testEnvironmentOptions: { customExportConditions: ['cleanroom-source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  ...overrides,
});

export default {
  rootDir,
  // Conditions are waited for with deadlines of their own; this one only ends what hangs.
  testTimeout: 180_000,
  testSequencer: fileURLToPath(new URL('longest-first.mjs', import.meta.url)),
  projects: [
    level('unit'),
    level('int'),
    // The same as int, a folder at a time where it says how.
    level('int', {
      displayName: 'together',
      testMatch: ['**/*.int.spec.ts', '**/together.int.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', isFault, ...foldersTogether],
    }),
    level('e2e', { testPathIgnorePatterns: ['/node_modules/', '/dist/', isFault, isStart] }),
    level('start', { testMatch: [START] }),
    // The console in a real browser: `npm run test:console`.
    level('browser'),
    level('faults', { testMatch: [FAULTS], testPathIgnorePatterns: ['/node_modules/', '/dist/'] }),
  ],
};
