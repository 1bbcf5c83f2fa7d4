import { BEAT_WITHIN_MS, PATIENCE_MS, SUSPECT_AFTER_MS } from './subgraph-pulse.js';

/** After so long a page shows what the others know while a service hangs. */
const PROMISED_MS = 1_500;
/** What the others may take for their part. */
const ANSWERING_MS = 400;

it('gives up a service that hangs, or was silent, so soon that a page is shown within 1.5 seconds', () => {
  expect(SUSPECT_AFTER_MS + BEAT_WITHIN_MS).toBeLessThanOrEqual(PROMISED_MS - ANSWERING_MS);
  expect(PATIENCE_MS).toBeLessThanOrEqual(PROMISED_MS - ANSWERING_MS);
});
