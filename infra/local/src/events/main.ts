import { runEvents } from './run-events.js';
import { whereEventsAre } from './where-events-are.js';

await runEvents(whereEventsAre);
