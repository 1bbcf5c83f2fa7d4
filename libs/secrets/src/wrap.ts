import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { bindingBytes, type Binding } from './binding.js';
import { CannotOpen } from './sealer.js';
import { Secret } from './secret.js';

/** HPKE (RFC 9180) in base mode: whoever knows the public key can write, only the recipient can read. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const ENCAPSULATED_BYTES = 32;

/** Keys of one service, in base64: what is wrapped for the public one opens with the private one. */
export interface RecipientKeys {
  publicKey: string;
  privateKey: string;
}

export async function generateRecipientKeys(): Promise<RecipientKeys> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  return {
    publicKey: Buffer.from(await suite.kem.serializePublicKey(publicKey)).toString('base64'),
    privateKey: Buffer.from(await suite.kem.serializePrivateKey(privateKey)).toString('base64'),
  };
}

/** Encrypts a secret for one recipient; the answer is the encapsulated key, then the ciphertext. */
export async function wrapFor(
  recipientPublicKey: string,
  secret: Secret,
  binding: Binding,
): Promise<Uint8Array> {
  const key = await suite.kem.deserializePublicKey(bytes(Buffer.from(recipientPublicKey, 'base64')));
  const sender = await suite.createSenderContext({ recipientPublicKey: key });
  const sealed = await sender.seal(bytes(Buffer.from(secret.reveal())), bytes(bindingBytes(binding)));
  return Buffer.concat([Buffer.from(sender.enc), Buffer.from(sealed)]);
}

/** @throws CannotOpen when it was wrapped for somebody else, changed, or belongs to another row */
export async function unwrapWith(privateKey: string, sealed: Uint8Array, binding: Binding): Promise<Secret> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(bytes(Buffer.from(privateKey, 'base64')));
    const enc = bytes(Buffer.from(sealed.subarray(0, ENCAPSULATED_BYTES)));
    const recipient = await suite.createRecipientContext({ recipientKey, enc });
    const plain = await recipient.open(
      bytes(Buffer.from(sealed.subarray(ENCAPSULATED_BYTES))),
      bytes(bindingBytes(binding)),
    );
    return new Secret(Buffer.from(plain).toString());
  } catch {
    throw new CannotOpen();
  }
}

/** Web crypto takes an ArrayBuffer of its own; a Buffer is often a view into a larger, shared one. */
const bytes = (buffer: Buffer): ArrayBuffer =>
  buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
