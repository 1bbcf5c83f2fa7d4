import { topics } from '@cleanroom/contracts';
import { lagOf, type EventBus, type GroupPosition } from '@cleanroom/messaging';
import { serviceNames } from '../src/service-names.js';
import { inOutboxes } from './in-outboxes.js';
import type { TestInstallation } from './installation.js';

/** How many events are on their way, and where. */
export interface Backlog {
  /** Written with the state, and not published. */
  readonly inOutboxes: number;
  /** Published, and not handled by all who listen. */
  readonly onTheBus: number;
  /** Which those are: who has not handled them, what they tell, and how many. */
  readonly unread: readonly string[];
}

/** What an installation whose services have nothing to tell each other any more has. */
export const noBacklog: Backlog = { inOutboxes: 0, onTheBus: 0, unread: [] };

export async function readBacklog({ system }: TestInstallation, bus: EventBus): Promise<Backlog> {
  const behind = (await Promise.all(serviceNames.map((name) => positionsOf(bus, name)))).flat().filter(lags);
  return {
    inOutboxes: await inOutboxes(system),
    onTheBus: behind.reduce((sum, { position }) => sum + lagOf(position), 0),
    unread: behind.map(
      ({ service, position }) =>
        `${service} of ${position.topic}/${position.partition}: ${position.next} of ${position.end}`,
    ),
  };
}

const positionsOf = async (bus: EventBus, service: string) =>
  (await bus.operator.positions(service, readBy(service))).map((position) => ({ service, position }));

const lags = ({ position }: { position: GroupPosition }): boolean => lagOf(position) > 0;

const readBy = (service: string): string[] =>
  Object.values(topics)
    .filter(({ consumers }) => (consumers as readonly string[]).includes(service))
    .map(({ name }) => name);
