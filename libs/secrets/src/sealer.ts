import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { bindingBytes, type Binding } from './binding.js';
import { Secret } from './secret.js';

const FORMAT = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** Thrown when a ciphertext was changed, belongs elsewhere, or was sealed under another key. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';

  constructor() {
    super('the sealed secret does not open');
  }
}

/** Seals secrets for rows of a database. */
export interface Sealer {
  seal(secret: Secret, binding: Binding): Promise<Buffer>;
  /** @throws CannotOpen */
  open(sealed: Buffer, binding: Binding): Promise<Secret>;
}

/**
 * AES-256-GCM under a data key of its own for every secret, which is wrapped by a key of the organisation, which is
 * derived from the master key. A data key is used once, so nonces cannot repeat however often one seals.
 *
 * @param masterKey 32 bytes in base64
 * @throws RangeError when the master key has another length
 */
export function sealer(masterKey: string): Sealer {
  const master = Buffer.from(masterKey, 'base64');
  if (master.length !== KEY_BYTES) throw new RangeError(`the master key has ${KEY_BYTES} bytes in base64`);
  const keyOf = (organizationId: string): Buffer =>
    Buffer.from(hkdfSync('sha256', master, '', `cleanroom organisation ${organizationId}`, KEY_BYTES));
  return {
    seal: async (secret, binding) => {
      const dataKey = randomBytes(KEY_BYTES);
      const wrapped = encrypt(keyOf(binding.organizationId), dataKey, bindingBytes(binding));
      const body = encrypt(dataKey, Buffer.from(secret.reveal()), bindingBytes(binding));
      return Buffer.concat([Buffer.from([FORMAT]), wrapped, body]);
    },
    open: async (sealed, binding) => {
      if (sealed[0] !== FORMAT) throw new CannotOpen();
      const wrapped = sealed.subarray(1, 1 + WRAPPED_KEY_BYTES);
      const dataKey = decrypt(keyOf(binding.organizationId), wrapped, bindingBytes(binding));
      return new Secret(
        decrypt(dataKey, sealed.subarray(1 + WRAPPED_KEY_BYTES), bindingBytes(binding)).toString(),
      );
    },
  };
}

function encrypt(key: Buffer, plain: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new CannotOpen();
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(bound)
    .setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  } catch {
    throw new CannotOpen();
  }
}
