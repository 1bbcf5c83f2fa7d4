import a11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';

/** What is asked of the console beside what is asked of every service: it runs in browsers, and must keep nobody out. */
export const consoleRules = [
  {
    files: ['services/console/src/**/*.{ts,tsx}'],
    extends: [a11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
  },
  {
    files: ['services/console/public/**/*.js'],
    languageOptions: { globals: { window: 'readonly', document: 'readonly', localStorage: 'readonly' } },
  },
  {
    files: ['services/console/src/domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['document', 'window', 'navigator', 'location', 'localStorage'].map((name) => ({
          name,
          message: 'The domain knows no browser.',
        })),
      ],
    },
  },
];
