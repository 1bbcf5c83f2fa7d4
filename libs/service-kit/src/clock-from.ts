import { systemClock, virtualClock, type Clock } from '@cleanroom/kernel';
import type { BaseConfig } from './base-config.js';

/** The product's clock: the system's in production, the shared virtual one in local mode. */
export function clockFrom({ CLEANROOM_CLOCK }: Pick<BaseConfig, 'CLEANROOM_CLOCK'>): Clock {
  if (!CLEANROOM_CLOCK) return systemClock;
  const [realAnchor = 0, virtualAnchor = 0, factor = 1] = CLEANROOM_CLOCK.split(',').map(Number);
  return virtualClock({ realAnchor, virtualAnchor, factor });
}
