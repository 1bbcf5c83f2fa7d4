import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { VERSION } from '../api/identity-routes.js';
import type { Hook } from '../model.js';
import type { World } from '../world.js';
import type { HookResponse } from './hook-events.js';

/** A receiver that has not answered by then has failed; real time. */
const TIMEOUT_MS = 10_000;
/** Of a receiver's answer, in characters. */
const LONGEST_SHOWN = 8_192;

export interface Delivery {
  /** Stays the same when the same event is sent again. */
  readonly deliveryId: string;
  readonly body: string;
}

/** Sends one webhook. Resolves to the receiver's status, or null where it did not answer. */
export async function sendHook(
  world: World,
  hook: Hook,
  delivery: Delivery,
  stopping?: AbortSignal,
): Promise<number | null> {
  const requestHeaders = headers(world, hook, delivery);
  const began = performance.now();
  const signals = [AbortSignal.timeout(TIMEOUT_MS), ...(stopping ? [stopping] : [])];
  const response = await post(hook.url, requestHeaders, delivery.body, AbortSignal.any(signals));
  if (stopping?.aborted) return null;
  world.hookEvents.add({
    ...{ hookId: hook.id, url: hook.url, deliveryId: delivery.deliveryId, requestHeaders, response },
    ...{ requestBody: delivery.body, seconds: (performance.now() - began) / 1000 },
  });
  return response?.status ?? null;
}

async function post(
  url: string,
  requestHeaders: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<HookResponse | null> {
  try {
    const init = { method: 'POST', headers: requestHeaders, body, signal } as const;
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const text = (await response.text()).slice(0, LONGEST_SHOWN);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
  } catch {
    return null;
  }
}

function headers(world: World, hook: Hook, { deliveryId, body }: Delivery): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': `GitLab/${VERSION}`,
    'x-gitlab-event': 'Job Hook',
    'x-gitlab-event-uuid': randomUUID(),
    'x-gitlab-webhook-uuid': hook.uuid,
    'x-gitlab-instance': world.url(),
    'idempotency-key': deliveryId,
    ...(hook.token === null ? {} : { 'x-gitlab-token': hook.token }),
    ...(hook.signingToken === null ? {} : signature(hook.signingToken, deliveryId, body)),
  };
}

/** Standard Webhooks. Its time is the wall clock's: it proves freshness on the way, nothing about the event. */
function signature(signingToken: string, deliveryId: string, body: string): Record<string, string> {
  const at = new Date();
  return {
    'webhook-id': deliveryId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signingToken).sign(deliveryId, at, body),
  };
}
