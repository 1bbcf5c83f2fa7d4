import { topics } from '@cleanroom/contracts';
import { planRewind, type EventBus, type RewindStep } from '@cleanroom/messaging';
import { StopWithMessage } from '../stop-with-message.js';
import type { Command } from './read-command.js';
import { table } from './table.js';

type Rewind = Extract<Command, { name: 'rewind' }>;

/** Sets a group back, or says what that would do. */
export async function rewindGroup(bus: EventBus, wanted: Rewind): Promise<string> {
  const names = topicsOf(wanted);
  const places = wanted.since && (await bus.operator.placesSince(names, wanted.since));
  const steps = planRewind(await bus.operator.positions(wanted.group, names), places);
  if (steps.length === 0) return `Nothing to do: there is nothing that ${wanted.group} would read again.`;
  if (wanted.confirmed) await bus.operator.setPositions(wanted.group, steps);
  const rows = [...Map.groupBy(steps, ({ topic }) => topic)].map(([topic, own]) => [topic, again(own)]);
  const verdict = wanted.confirmed
    ? `Done: ${wanted.group} reads up to ${again(steps)} messages again when it starts.`
    : 'A dry run: nothing was changed. Stop the service, then say it again with --yes.';
  return `${table(['topic', 'read again at most'], rows as [string, number][])}\n\n${verdict}`;
}

/** At most: where only the last of each key is kept, offsets have gaps. */
const again = (steps: readonly RewindStep[]): number =>
  steps.reduce((sum, { from, offset }) => sum + Number(from - offset), 0);

function topicsOf({ group, topics: named }: Rewind): string[] {
  const read = Object.values(topics)
    .filter(({ consumers }) => (consumers as readonly string[]).includes(group))
    .map(({ name }) => name);
  if (read.length === 0)
    throw new StopWithMessage(`There is no group "${group}": a group is a service that reads.`);
  const wrong = named.find((name) => !(read as string[]).includes(name));
  if (wrong)
    throw new StopWithMessage(`${group} does not read "${wrong}". It reads:\n  ${read.join('\n  ')}`);
  return named.length > 0 ? [...named] : read;
}
