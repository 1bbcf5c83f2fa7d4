import { installationHere } from '../installation-here.js';
import { kafkaUrl } from '../kafka-plan.js';
import { serviceNames } from '../service-names.js';
import { readEventsConfig } from './config.js';
import type { EventPlaces } from './event-places.js';

/** The installation that the environment names, or else the one that `npm start` runs on this machine. */
export async function whereEventsAre(): Promise<EventPlaces> {
  const { busUrl, databases } = readEventsConfig();
  return busUrl ? { busUrl, databases } : onThisMachine();
}

async function onThisMachine(): Promise<EventPlaces> {
  const { config, state, ports, databaseUrl } = await installationHere('name another in CLEANROOM_BUS_URL');
  return {
    busUrl: state.bus === 'kafka' ? kafkaUrl(config, { state }, ports) : databaseUrl('bus', 'owner'),
    databases: Object.fromEntries(serviceNames.map((name) => [name, databaseUrl(name, 'worker')])),
  };
}
