import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { consoleRules } from './console-rules.mjs';

const root = new URL('../../', import.meta.url);
const foldersIn = (path) =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/** Packages that a service may be built from; the services themselves are not among them. */
const services = foldersIn('services/');
const kafkaClients = ['kafkajs', '@confluentinc/*', 'node-rdkafka'];
const servicePackages = (except) =>
  services
    .filter((name) => name !== except)
    .flatMap((name) => [`@cleanroom/${name}`, `@cleanroom/${name}/*`]);

const refuse = (group, message) => ({ group, message });
const noKafka = refuse(kafkaClients, 'Only libs/messaging speaks to Kafka; everyone else uses its bus.');
const noServices = (except) => [
  refuse(servicePackages(except), 'A service never imports another service: ids cross borders in events.'),
  refuse(['**/services/**'], 'A service never imports another service: ids cross borders in events.'),
];

const noProcessEnv = {
  object: 'process',
  property: 'env',
  message: 'Only config.ts reads the environment, so that every key is declared, parsed and documented.',
};
const impureInDomain = [
  { object: 'Date', property: 'now', message: 'The domain is told the time: take `now` as an argument.' },
  {
    object: 'Math',
    property: 'random',
    message: 'The domain is told its randomness: take it as an argument.',
  },
  { object: 'process', message: 'The domain knows no process.' },
  {
    object: 'performance',
    property: 'now',
    message: 'The domain is told the time: take `now` as an argument.',
  },
];
const impureSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The domain is told the time: take `now` as an argument.',
  },
  { selector: 'AwaitExpression', message: 'The domain is synchronous.' },
  { selector: ':function[async=true]', message: 'The domain is synchronous.' },
  { selector: 'ImportExpression', message: 'The domain loads nothing at run time.' },
  {
    selector: 'CallExpression[callee.name=/^(fetch|setTimeout|setInterval|setImmediate|queueMicrotask)$/]',
    message: 'The domain does nothing: it decides.',
  },
];

/** What each layer of a service may see. Patterns are refused; all else is allowed. */
const domainImports = (service) => [
  ...noServices(service),
  {
    regex: '^(?!\\.{1,2}/|@cleanroom/kernel$|temporal-polyfill$)',
    message:
      'The domain imports the kernel and itself only (and temporal-polyfill, a pure library, for time zones).',
  },
  refuse(
    ['**/actions/**', '**/loops/**', '**/adapters/**', '**/ports.js', '**/config.js'],
    'The domain decides; it sees neither actions nor loops nor adapters nor ports.',
  ),
];
const actionImports = (service) => [
  ...noServices(service),
  refuse(
    ['**/adapters/**', '**/loops/**', '**/config.js', '**/*.module.js'],
    'Actions see ports and domain only; adapters are handed in.',
  ),
  refuse(
    [
      '@nestjs/*',
      'typeorm',
      'pg',
      'kafkajs',
      'fastify',
      'undici',
      'graphql',
      '@cleanroom/hetzner',
      '@cleanroom/gitlab',
      '@cleanroom/persistence',
      '@cleanroom/messaging',
      '@cleanroom/service-kit',
    ],
    'Actions see ports and domain only; frameworks, drivers and clients live in adapters.',
  ),
];

const loopImports = (service) => [
  ...noServices(service),
  {
    regex: '^(?!\\./|\\.\\./actions/|\\.\\./ports\\.js$|@cleanroom/kernel$)',
    message: 'A loop turns: it sees actions, ports and the kernel only, and has no rule of its own.',
  },
];

const serviceLayers = services.flatMap((service) => {
  const src = `services/${service}/src`;
  return [
    {
      files: [`services/${service}/**/*.ts`],
      rules: { 'no-restricted-imports': ['error', { patterns: [...noServices(service), noKafka] }] },
    },
    {
      files: [`${src}/**/*.ts`],
      ignores: [`${src}/adapters/hetzner/**`, `${src}/**/*.spec.ts`],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              ...noServices(service),
              noKafka,
              refuse(['@cleanroom/hetzner'], 'The Hetzner API is spoken in adapters/hetzner only.'),
            ],
          },
        ],
      },
    },
    {
      files: [`${src}/domain/**/*.ts`],
      ignores: ['**/*.spec.ts'],
      rules: {
        'no-restricted-imports': ['error', { patterns: domainImports(service) }],
        'no-restricted-properties': ['error', noProcessEnv, ...impureInDomain],
        'no-restricted-syntax': ['error', ...impureSyntax],
      },
    },
    {
      files: [`${src}/actions/**/*.ts`],
      ignores: ['**/*.spec.ts'],
      rules: { 'no-restricted-imports': ['error', { patterns: actionImports(service) }] },
    },
    {
      files: [`${src}/loops/**/*.ts`],
      rules: { 'no-restricted-imports': ['error', { patterns: loopImports(service) }] },
    },
  ];
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/node_modules/**',
      '.cleanroom/**',
      '.nx/**',
      'libs/tooling/test/samples/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: false }],
      'no-restricted-properties': ['error', noProcessEnv],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    // Tags, names and answers come from others: a pattern that goes back and forth over them would stop a service.
    files: ['**/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['**/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 40 }] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
      },
    },
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/config.ts', '**/*.spec.ts', '**/test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['libs/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            refuse([...servicePackages(), '**/services/**'], 'No library imports a service.'),
            noKafka,
          ],
        },
      ],
    },
  },
  {
    files: ['libs/kernel/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\./)', message: 'The kernel imports nothing.' }] },
      ],
    },
  },
  {
    files: ['libs/messaging/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [refuse(servicePackages(), 'No library imports a service.')] },
      ],
    },
  },
  ...serviceLayers,
  ...consoleRules,
);
