import { installationHere } from '../installation-here.js';
import { kafkaUrl } from '../kafka-plan.js';
import { serviceNames } from '../processes.js';
import { readEventsConfig } from './config.js';

/** Where the events of an installation are, and what its services have put aside. */
export interface EventPlaces {
  busUrl: string;
  /** By service; those whose database is not known are missing. */
  databases: Record<string, string>;
}

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
