import type { Action, Project } from './state.js';

type Index = Map<number, Set<Action>>;

/** By server; made of the state, which alone is kept. */
const indexes = new WeakMap<Project, Index>();

/** Enters an action that runs from now on. */
export function enterRunning(project: Project, action: Action): void {
  const index = indexOf(project);
  project.running.push(action.id);
  enter(index, action);
}

/** Strikes out an action that is done. */
export function strikeRunning(project: Project, action: Action): void {
  const index = indexOf(project);
  project.running = project.running.filter((id) => id !== action.id);
  for (const { id } of action.resources) {
    const own = index.get(id);
    own?.delete(action);
    if (own?.size === 0) index.delete(id);
  }
}

/** The actions that run on a server. Every look at a server asks for them, so it must not take long. */
export const runningActionsOf = (project: Project, serverId: number): Action[] => [
  ...(indexOf(project).get(serverId) ?? []),
];

function indexOf(project: Project): Index {
  const known = indexes.get(project);
  if (known) return known;
  const index: Index = new Map();
  for (const id of project.running) {
    const action = project.actions[id];
    if (action) enter(index, action);
  }
  indexes.set(project, index);
  return index;
}

function enter(index: Index, action: Action): void {
  for (const { id, type } of action.resources) {
    if (type !== 'server') continue;
    const own = index.get(id) ?? new Set();
    own.add(action);
    index.set(id, own);
  }
}
