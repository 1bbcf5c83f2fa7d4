import { createHash, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** How far a signature's timestamp may lie from now, in either direction. */
const TOLERANCE_MS = 5 * 60_000;

/** GitLab's are UUIDs. It is a key of ours, and a sender may write what it likes. */
const LONGEST_DELIVERY_ID = 200;

export interface WebhookRequest {
  /** As Node gives them: names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body exactly as it came. */
  readonly rawBody: Buffer | string;
  /** `whsec_…`; undefined where none was set. */
  readonly signingToken?: string;
  /** What `X-Gitlab-Token` must be; undefined where none was set. */
  readonly plainToken?: string;
  /** The wall clock: a transport's freshness is no matter of the product's clock. */
  readonly now: Date;
}

export type WebhookVerdict =
  | {
      readonly ok: true;
      /** The same for every delivery of one event, where GitLab sends it. */ readonly deliveryId:
        string | undefined;
    }
  | { readonly ok: false; readonly reason: 'signature' | 'timestamp' | 'token' };

/**
 * Whether a webhook comes from the GitLab that knows our tokens. A signature that is present must be right; only
 * where there is none (an older GitLab) does the plain token count.
 */
export function verifyWebhook(request: WebhookRequest): WebhookVerdict {
  const signature = header(request, 'webhook-signature');
  const reason = signature === undefined ? checkToken(request) : checkSignature(request, signature);
  if (reason) return { ok: false, reason };
  const deliveryId =
    header(request, 'webhook-id') ??
    header(request, 'idempotency-key') ??
    header(request, 'x-gitlab-event-uuid');
  return { ok: true, deliveryId: deliveryId?.slice(0, LONGEST_DELIVERY_ID) };
}

function checkToken(request: WebhookRequest): 'token' | undefined {
  const given = header(request, 'x-gitlab-token');
  const { plainToken } = request;
  return plainToken && given !== undefined && sameText(given, plainToken) ? undefined : 'token';
}

function checkSignature(request: WebhookRequest, signature: string): 'signature' | 'timestamp' | undefined {
  const id = header(request, 'webhook-id');
  const seconds = header(request, 'webhook-timestamp');
  if (!request.signingToken || !id || !seconds || !/^\d{1,12}$/.test(seconds)) return 'signature';
  const at = new Date(Number(seconds) * 1000);
  const expected = new Webhook(request.signingToken).sign(id, at, request.rawBody.toString());
  if (!signature.split(' ').some((one) => sameText(one, expected))) return 'signature';
  return Math.abs(request.now.getTime() - at.getTime()) > TOLERANCE_MS ? 'timestamp' : undefined;
}

function header({ headers }: WebhookRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** In constant time, whatever the lengths. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
