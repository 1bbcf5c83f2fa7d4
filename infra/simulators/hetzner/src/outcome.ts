import type { Action, Project, Server } from './state.js';
import type { World } from './world.js';

/** What the end of an action does to its server. */
export type Outcome = (world: World, project: Project, server: Server, action: Action) => void;
