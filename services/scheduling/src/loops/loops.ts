import type { Loop } from '@cleanroom/kernel';
import type { Ports } from '../ports.js';
import { decidePools } from './decide-pools.js';
import { discoverProjects } from './discover-projects.js';
import { keepHooks } from './keep-hooks.js';
import { pollProjects } from './poll-projects.js';
import { readWebhookHints } from './read-webhook-hints.js';

/** What this service does by itself. */
export const loops: readonly Loop<Ports>[] = [
  decidePools,
  discoverProjects,
  keepHooks,
  pollProjects,
  readWebhookHints,
];
