import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  CannotOpen,
  generateRecipientKeys,
  isToken,
  newToken,
  sealer,
  Secret,
  unwrapWith,
  wrapFor,
} from './index.js';

const binding = { organizationId: 'org_1', kind: 'hetzner-token', rowId: 'hp_1' };
const elsewhere = [
  { ...binding, organizationId: 'org_2' },
  { ...binding, kind: 'gitlab-token' },
  { ...binding, rowId: 'hp_2' },
];
const newKey = () => randomBytes(32).toString('base64');

describe('a secret', () => {
  it('shows itself in no way that a program prints things', () => {
    const secret = new Secret('hunter2');
    const shown = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(secret),
      inspect(secret, { showHidden: true }),
    ];
    expect(shown.join(' ')).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });

  it('can be told from another by its fingerprint, which does not show it', () => {
    expect(new Secret('hunter2').fingerprint()).toBe(new Secret('hunter2').fingerprint());
    expect(new Secret('hunter2').fingerprint()).not.toBe(new Secret('hunter3').fingerprint());
    expect(new Secret('hunter2').fingerprint()).not.toContain('hunter2');
  });

  it('equals another with the same value only', () => {
    expect(new Secret('a').equals(new Secret('a'))).toBe(true);
    expect(new Secret('a').equals(new Secret('aa'))).toBe(false);
  });
});

describe('a sealed secret', () => {
  it('opens where it belongs, whatever it is', async () => {
    const { seal, open } = sealer(newKey());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (value) => {
        expect((await open(await seal(new Secret(value), binding), binding)).reveal()).toBe(value);
      }),
    );
  });

  it.each(elsewhere)('does not open for %o', async (other) => {
    const { seal, open } = sealer(newKey());
    await expect(open(await seal(new Secret('x'), binding), other)).rejects.toThrow(CannotOpen);
  });

  it('does not open after a change of any byte, or under another key', async () => {
    const { seal, open } = sealer(newKey());
    const sealed = await seal(new Secret('x'), binding);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i);
      await expect(open(changed, binding)).rejects.toThrow(CannotOpen);
    }
    await expect(sealer(newKey()).open(sealed, binding)).rejects.toThrow(CannotOpen);
  });

  it('is sealed differently each time, so that equal secrets cannot be told', async () => {
    const { seal } = sealer(newKey());
    expect(await seal(new Secret('x'), binding)).not.toEqual(await seal(new Secret('x'), binding));
  });

  it('wants a master key of 32 bytes', () => {
    expect(() => sealer('c2hvcnQ=')).toThrow(RangeError);
  });
});

describe('a wrapped secret', () => {
  it('opens for its recipient and for nobody else', async () => {
    const [firewall, billing] = await Promise.all([generateRecipientKeys(), generateRecipientKeys()]);
    const wrapped = await wrapFor(firewall.publicKey, new Secret('token'), binding);
    expect((await unwrapWith(firewall.privateKey, wrapped, binding)).reveal()).toBe('token');
    await expect(unwrapWith(billing.privateKey, wrapped, binding)).rejects.toThrow(CannotOpen);
  });

  it.each(elsewhere)('does not open for %o', async (other) => {
    const keys = await generateRecipientKeys();
    const wrapped = await wrapFor(keys.publicKey, new Secret('token'), binding);
    await expect(unwrapWith(keys.privateKey, wrapped, other)).rejects.toThrow(CannotOpen);
  });
});

describe('a token', () => {
  it('is recognised by its prefix and its check', () => {
    const token = newToken('cr').reveal();
    expect(isToken('cr', token)).toBe(true);
    expect(isToken('crt', token)).toBe(false);
    expect(isToken('cr', `${token.slice(0, -1)}!`)).toBe(false);
  });
});
