import type { EventBus } from '@cleanroom/messaging';
import type { Command } from './read-command.js';
import { replayLetters } from './replay-letters.js';
import { rewindGroup } from './rewind-group.js';
import { showLetter, showLetters } from './show-letters.js';
import { showTopics } from './show-topics.js';
import type { Told } from './told.js';
import type { EventPlaces } from './event-places.js';

/** Does what the operator wants and says what came of it. */
export async function runCommand(command: Command, bus: EventBus, places: EventPlaces): Promise<Told> {
  switch (command.name) {
    case 'topics':
      return found(`${describeBus(places.busUrl)}\n\n${await showTopics(bus, places)}`);
    case 'letters':
      return found(await showLetters(places, command.service));
    case 'letter':
      return showLetter(places, command.service, command.ids);
    case 'replay':
      return replayLetters(places, command.service, command.ids);
    case 'rewind':
      return found(`${describeBus(places.busUrl)}\n\n${await rewindGroup(bus, command)}`);
  }
}

const found = (text: string): Told => ({ text, found: true });

function describeBus(busUrl: string): string {
  const { protocol, host, pathname } = new URL(busUrl);
  const where = `${host}${pathname}`;
  return protocol === 'kafka:'
    ? `Apache Kafka at ${where}`
    : `The embedded bus in PostgreSQL at ${where}: it has topics and positions of its own, which no cluster knows`;
}
