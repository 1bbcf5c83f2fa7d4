import { cacheRuleOf, consoleFile, isConsolePath, mediaTypeOf } from './console-file.js';

const names = new Set(['index.html', 'theme.js', 'assets/index-a1b2.js', 'assets/inter.woff2']);

it.each([
  ['/console', 'index.html'],
  ['/console/', 'index.html'],
  ['/console/fleet', 'index.html'],
  ['/console/runners/run_01m8pk', 'index.html'],
  ['/console/theme.js', 'theme.js'],
  ['/console/assets/index-a1b2.js', 'assets/index-a1b2.js'],
])('%s is answered with %s', (path, file) => {
  expect(consoleFile(path, names)).toBe(file);
});

it.each([
  '/console/other.js',
  '/console/assets/gone-a1b2.js',
  '/console/assets/gone',
  '/console/../../etc/passwd',
  '/console/..',
  '/console/.',
  '/console/%2e%2e/supergraph.graphql',
  '/console//etc/passwd',
  '/console/..%2fsupergraph',
  '/console/a\\b',
  '/console/constructor.js',
])('%s has no answer', (path) => {
  expect(consoleFile(path, names)).toBeUndefined();
});

it('is not there before it is built', () => {
  expect(consoleFile('/console/', new Set())).toBeUndefined();
});

it.each([
  ['/console', true],
  ['/console/x', true],
  ['/consolex', false],
  ['/Console', false],
  ['/', false],
])('%s leads to it: %s', (path, leads) => {
  expect(isConsolePath(path)).toBe(leads);
});

it('says what a file is and how long it may be kept', () => {
  expect(mediaTypeOf('assets/inter.woff2')).toBe('font/woff2');
  expect(mediaTypeOf('x.exe')).toBe('application/octet-stream');
  expect(cacheRuleOf('assets/index-a1b2.js')).toContain('immutable');
  expect(cacheRuleOf('index.html')).toBe('no-cache');
});
