import type { Route } from 'playwright-core';
import { unavailable } from './unavailable.js';

/** Lets the gateway answer, and takes fields of its answer away, as it does itself where a service is down. */
export const without =
  (root: string, ...fields: string[]) =>
  async (route: Route): Promise<void> => {
    const response = await route.fetch();
    const answer = (await response.json()) as { data: Record<string, object> };
    const gone = Object.fromEntries(fields.map((field) => [field, null]));
    const data = { ...answer.data, [root]: { ...answer.data[root], ...gone } };
    await route.fulfill({ json: { data, errors: fields.map((field) => unavailable(root, field)) } });
  };
