import { serviceNames } from '../src/service-names.js';
import type { EventPlaces } from '../src/events/event-places.js';
import type { TestInstallation } from './installation.js';

/** Where a test's installation has its events. */
export function eventPlaces({ system }: TestInstallation): EventPlaces {
  const { busUrl, services } = system.installation.databases;
  return {
    busUrl,
    databases: Object.fromEntries(serviceNames.map((name) => [name, services[name].workerUrl])),
  };
}
