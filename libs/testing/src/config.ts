/** Whether what is missing on this machine is a failure instead of a reason to skip (`CI=true`). */
export const isCi = process.env['CI'] === 'true';

/** host:port of a cluster to test against (`KAFKA_BROKERS`, separated by commas); without it a broker is started. */
export const givenBrokers = (process.env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean);
