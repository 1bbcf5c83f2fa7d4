/** Every status that GitLab knows of a job, also those that none has here. */
export const jobStatuses: ReadonlySet<string> = new Set([
  ...['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'success', 'failed'],
  ...['canceling', 'canceled', 'skipped', 'manual', 'scheduled'],
]);
