import { Webhook } from 'standardwebhooks';
import { verifyWebhook } from './verify-webhook.js';

const signingToken = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const plainToken = 'plain';
const now = new Date('2026-03-01T12:00:00Z');
const rawBody = Buffer.from('{"object_kind":"build","name":"prüfen"}');

const signed = (body: Buffer = rawBody, at: Date = now) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(signingToken).sign('msg_1', at, body.toString()),
});
const check = (headers: Record<string, string>, rest: object = {}) =>
  verifyWebhook({ headers, rawBody, signingToken, plainToken, now, ...rest });

describe('verifying a webhook', () => {
  it('accepts a right signature and names the delivery', () => {
    expect(check(signed())).toEqual({ ok: true, deliveryId: 'msg_1' });
  });

  it('accepts one right signature among several, as while a token is replaced', () => {
    const headers = signed();
    expect(check({ ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` }).ok).toBe(
      true,
    );
  });

  it('refuses a changed body, although the plain token is right', () => {
    const headers = { ...signed(), 'x-gitlab-token': plainToken };
    expect(check(headers, { rawBody: Buffer.from('{}') })).toEqual({ ok: false, reason: 'signature' });
  });

  it('refuses a signature that it has no token to check with', () => {
    const headers = { ...signed(), 'x-gitlab-token': plainToken };
    expect(check(headers, { signingToken: undefined })).toEqual({ ok: false, reason: 'signature' });
  });

  it.each([-301, 301])('refuses a signature of %i seconds from now', (seconds) => {
    const at = new Date(now.getTime() + seconds * 1000);
    expect(check(signed(rawBody, at))).toEqual({ ok: false, reason: 'timestamp' });
  });

  it('accepts the plain token where no signature is present', () => {
    const headers = { 'x-gitlab-token': plainToken, 'idempotency-key': 'key-1' };
    expect(check(headers)).toEqual({ ok: true, deliveryId: 'key-1' });
  });

  it.each<Record<string, string>>([{}, { 'x-gitlab-token': 'wrong' }, { 'x-gitlab-token': '' }])(
    'refuses %j without a signature',
    (headers) => {
      expect(check(headers)).toEqual({ ok: false, reason: 'token' });
      expect(check(headers, { plainToken: undefined }).ok).toBe(false);
      expect(check(headers, { plainToken: '' }).ok).toBe(false);
    },
  );
});
