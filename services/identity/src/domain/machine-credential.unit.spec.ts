import { credentialFrom, credentialText, readCredential } from './machine-credential.js';

const machineId = 'mach_01234567890123456789abcdef';
const holder = { machineId, generation: 12, publicKey: 'a key' };
const code = 'A'.repeat(43);

describe('the credential of a machine', () => {
  it('says whose it is', () => {
    expect(readCredential(credentialFrom(holder, code))).toEqual({ machineId, generation: 12 });
  });

  it.each([
    '',
    'cmc',
    `cr_${code}`,
    `cmc.${machineId}.0.${code}`,
    `cmc.${machineId}.1.${code}x`,
    `cmc.x.1.${code}`,
  ])('is not read from "%s"', (text) => {
    expect(readCredential(text)).toBeUndefined();
  });

  it('is another one for another machine, generation or key', () => {
    const texts = [holder, { ...holder, generation: 1 }, { ...holder, publicKey: 'b' }].map(credentialText);
    expect(new Set(texts).size).toBe(3);
  });
});
