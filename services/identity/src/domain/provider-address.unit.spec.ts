import { providerAddress } from './provider-address.js';

describe('the address of a provider', () => {
  it.each([
    ['https://gitlab.com', 'https://gitlab.com'],
    [' https://GitLab.Example:443// ', 'https://gitlab.example'],
    ['https://example.com/gitlab/', 'https://example.com/gitlab'],
    ['https://API.Hetzner.cloud/v1/', 'https://api.hetzner.cloud/v1'],
    ['http://127.0.0.1:4011', 'http://127.0.0.1:4011'],
  ])('%j is written %s', (text, address) => {
    expect(providerAddress(text)).toBe(address);
  });

  it.each([
    'gitlab.com',
    'ftp://gitlab.com',
    'https://',
    'https://user@gitlab.com',
    'https://user:secret@gitlab.com',
    'https://gitlab.com/?x=1',
    'https://gitlab.com/#x',
    `https://gitlab.com/${'x'.repeat(2_000)}`,
  ])('%.40s is none', (text) => {
    expect(providerAddress(text)).toBeUndefined();
  });

  it('holds nothing that a database could not keep', () => {
    expect(providerAddress('https://gitlab.com/a\u0000b')).toBe('https://gitlab.com/a%00b');
  });
});
