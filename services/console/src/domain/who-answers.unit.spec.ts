import { silence, silentServices } from './who-answers.js';

const missing = (...path: (string | number)[]) => ({ code: 'SERVICE_UNAVAILABLE', path });

it('names the services whose fields are missing, each once', () => {
  expect(
    silentServices([
      missing('runnerPools', 'nodes', 0, 'cost'),
      missing('runnerPools', 'nodes', 1, 'cost'),
      missing('runnerPools', 'nodes', 0, 'capacity'),
      { code: 'INTERNAL', path: ['jobs'] },
    ]),
  ).toEqual(['billing', 'scheduling']);
  expect(silentServices([missing('runners')])).toEqual(['provisioning']);
});

it('says so in a sentence', () => {
  expect(silence([])).toBe('');
  expect(silence(['billing'])).toBe('The billing service does not answer at the moment.');
  expect(silence(['billing', 'scheduling'])).toBe(
    'The billing and scheduling services do not answer at the moment.',
  );
});
