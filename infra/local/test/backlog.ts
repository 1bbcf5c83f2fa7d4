import { topics } from '@cleanroom/contracts';
import { lagOf, type EventBus } from '@cleanroom/messaging';
import { serviceNames } from '../src/service-names.js';
import { inOutboxes } from './in-outboxes.js';
import type { TestInstallation } from './installation.js';

/** How many events are on their way, and where. */
export interface Backlog {
  /** Written with the state, and not published. */
  readonly inOutboxes: number;
  /** Published, and not handled by all who listen. */
  readonly onTheBus: number;
}

/** What an installation whose services have nothing to tell each other any more has. */
export const noBacklog: Backlog = { inOutboxes: 0, onTheBus: 0 };

export async function readBacklog({ system }: TestInstallation, bus: EventBus): Promise<Backlog> {
  const positions = await Promise.all(serviceNames.map((name) => bus.operator.positions(name, readBy(name))));
  const onTheBus = positions.flat().reduce((sum, position) => sum + lagOf(position), 0);
  return { inOutboxes: await inOutboxes(system), onTheBus };
}

const readBy = (service: string): string[] =>
  Object.values(topics)
    .filter(({ consumers }) => (consumers as readonly string[]).includes(service))
    .map(({ name }) => name);
