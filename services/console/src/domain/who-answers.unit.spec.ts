import { silence, silentServices, whyMissing } from './who-answers.js';

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

it('says why a field has no value, where something went wrong with it', () => {
  const parts = [missing('runner', 'costToDate'), { code: 'INTERNAL', path: ['runner', 'identity'] }];
  expect(whyMissing(parts, 'costToDate')).toBe('The billing service does not answer at the moment.');
  expect(whyMissing(parts, 'identity')).toBe('It could not be read.');
  expect(whyMissing(parts, 'staticIp')).toBeUndefined();
});
