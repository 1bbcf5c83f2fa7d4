import { BEAT_WITHIN_MS, SUSPECT_AFTER_MS } from './subgraph-pulse.js';

/** After so long a page shows what the others know while a service hangs. */
const PROMISED_MS = 2_000;
/** What the others may take for their part. */
const ANSWERING_MS = 500;

it('finds a service that hangs so soon that a page is shown within 2 seconds', () => {
  expect(SUSPECT_AFTER_MS + BEAT_WITHIN_MS).toBeLessThanOrEqual(PROMISED_MS - ANSWERING_MS);
});
