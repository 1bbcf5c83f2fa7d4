import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A P-256 pair, both halves as PEM. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export const newKeyPair = (): KeyPair =>
  generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

/** What a proof speaks for. */
export interface ProvenCall {
  readonly method: string;
  /** Path and query, exactly as sent. */
  readonly target: string;
  readonly body: string;
}

/**
 * The headers that prove that the caller holds the key, and with a credential whose it is. The time is real, not the
 * product's clock: it only has to be near the receiver's.
 */
export function proofHeaders(
  { method, target, body }: ProvenCall,
  privateKey: string,
  credential?: string,
): Record<string, string> {
  const time = Date.now();
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = `${method}\n${target}\n${time}\n${digest}`;
  return {
    ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
    'x-machine-time': String(time),
    'x-machine-signature': sign('sha256', Buffer.from(signed), privateKey).toString('base64'),
  };
}
