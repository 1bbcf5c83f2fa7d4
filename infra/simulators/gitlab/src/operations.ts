import { EVERY_OPERATION, type FaultMode } from '@cleanroom/simulator-journal';
import type { Route } from './wire/route.js';

const everywhere = ['fail', 'reset', 'lose_answer', 'truncate', 'delay'] as const;

/** What can be made to go wrong with an operation, or with webhooks; nothing where it is none. */
export const modesAmong =
  (routes: readonly Route[]) =>
  (operation: string): readonly FaultMode[] => {
    if (operation === 'webhook') return ['lose_answer', 'double', 'reorder', 'delay'];
    if (operation === EVERY_OPERATION) return everywhere;
    if (!routes.some((route) => route.operation === operation)) return [];
    return operation.startsWith('list_') ? [...everywhere, 'omit'] : everywhere;
  };
