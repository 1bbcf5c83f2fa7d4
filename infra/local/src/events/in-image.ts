import { readOwnPlaces } from './config.js';
import { runEvents } from './run-events.js';

/** The service's name, put here by the bundler. */
declare const SERVICE: string;

// Bundled into the image of each service as dist/events.mjs: it means the bus and the letters of that service.
await runEvents(async () => readOwnPlaces(SERVICE));
