import { EVERY_OPERATION, type FaultMode } from '@cleanroom/simulator-journal';
import { routes } from './routes.js';

const everywhere = ['fail', 'reset', 'lose_answer', 'truncate', 'delay'] as const;

/** The operations whose actions have another name, by the command of the action. */
const operations: Readonly<Record<string, string>> = {
  start_server: 'poweron_server',
  stop_server: 'poweroff_server',
  attach_to_network: 'attach_server_to_network',
  detach_from_network: 'detach_server_from_network',
  apply_firewall: 'apply_firewall_to_resources',
  remove_firewall: 'remove_firewall_from_resources',
};

/** The operation that an action's command belongs to. */
export const operationOf = (command: string): string => operations[command] ?? command;

/** What can be made to go wrong with an operation, by its name in the official description; nothing where it is none. */
export function modesOf(operation: string): readonly FaultMode[] {
  if (operation === EVERY_OPERATION) return everywhere;
  const route = routes.find((each) => each.operation === operation);
  if (!route) return [];
  if (/^(list_|get_actions$)/.test(operation)) return [...everywhere, 'omit'];
  return route.method === 'GET' ? everywhere : [...everywhere, 'action_error', 'action_stuck'];
}
