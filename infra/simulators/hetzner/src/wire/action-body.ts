import type { Action } from '../state.js';
import { instant, instantOrNull } from './instant.js';

/** An action in its wire form. */
export const actionBody = (action: Action): object => ({
  id: action.id,
  command: action.command,
  status: action.status,
  progress: action.status === 'running' ? 0 : 100,
  started: instant(action.started),
  finished: instantOrNull(action.finished),
  resources: action.resources,
  error: action.error,
});
