import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

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
 * The headers that prove that the holder of a credential also holds the key it is bound to. The time is real, not
 * the product's clock: it only has to be near the receiver's.
 */
export function proofHeaders(
  { method, target, body }: ProvenCall,
  credential: string,
  privateKey: string,
): Record<string, string> {
  const time = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(16).toString('hex');
  const digest = createHash('sha256').update(body).digest('hex');
  const signed = `${method}\n${target}\n${time}\n${nonce}\n${digest}`;
  return {
    authorization: `Bearer ${credential}`,
    'cleanroom-time': String(time),
    'cleanroom-nonce': nonce,
    'cleanroom-proof': sign('sha256', Buffer.from(signed), privateKey).toString('base64'),
  };
}
