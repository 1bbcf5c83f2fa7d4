import { readClock, systemClock, type Clock } from '@cleanroom/kernel';
import type { BaseConfig } from './base-config.js';

/** The product's clock: the system's in production, the shared virtual one in local mode. */
export const clockFrom = ({ CLEANROOM_CLOCK = '' }: Pick<BaseConfig, 'CLEANROOM_CLOCK'>): Clock =>
  readClock(CLEANROOM_CLOCK) ?? systemClock;
