/** Whether this is the gate (`CI=true`), where Java and a broker must be there. */
export const isCi = process.env['CI'] === 'true';

/**
 * Whether this machine is said to have everything that any spec needs (`CLEANROOM_ALL_TOOLS=true`): what is missing is then a
 * failure instead of a reason to skip.
 */
export const hasAllTools = process.env['CLEANROOM_ALL_TOOLS'] === 'true';

/** host:port of a cluster to test against (`KAFKA_BROKERS`, separated by commas); without it a broker is started. */
export const givenBrokers = (process.env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean);

/** Seeds of suites that live through one weather after the other: `7`, or `1-100` (`CLEANROOM_SEEDS`). */
export const givenSeeds = process.env['CLEANROOM_SEEDS'];

/** Path of the Chromium to test the console with (`CLEANROOM_CHROMIUM`). */
export const givenChromium = process.env['CLEANROOM_CHROMIUM'];
