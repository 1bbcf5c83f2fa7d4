import { missingTools } from '@cleanroom/kafka-broker';
import { givenBrokers, hasAllTools, isCi } from './config.js';
import { describeUnless } from './describe-unless.js';

/**
 * Describes what needs a real broker, see {@link describeUnless}. Under CI it must be there.
 *
 * @param needs `own`: a broker that may be killed, so that a given cluster does not do
 */
export function describeWithKafka(name: string, specs: () => void, needs: 'any' | 'own' = 'any'): void {
  const missing = needs === 'any' && givenBrokers.length > 0 ? undefined : missingTools();
  describeUnless(missing, name, specs, isCi || hasAllTools);
}
