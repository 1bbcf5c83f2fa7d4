import { checkAddress } from './checked-address.js';

const PUBLIC = '93.184.215.14';
const answers: Record<string, string[]> = {
  'public.example': [PUBLIC],
  'public6.example': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'private.example': ['10.1.2.3'],
  'half.example': [PUBLIC, '169.254.169.254'],
  'half6.example': [PUBLIC, '::1'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'zone.example': ['fe80::1%eth0'],
  'nothing.example': [],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'simulator.example': ['127.0.0.1'],
};
const lookup = (host: string) => Promise.resolve((answers[host] ?? [PUBLIC]).map((address) => ({ address })));
const check = (url: string, allowed: string[] = []) => checkAddress(new URL(url), new Set(allowed), lookup);

describe('an address that a customer gave', () => {
  it.each([
    ['https://public.example', PUBLIC],
    ['https://public.example:8443/path', PUBLIC],
    ['https://8.8.8.8', '8.8.8.8'],
    ['https://public6.example', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
    ['https://[2606:4700:4700::1111]', '2606:4700:4700::1111'],
    ['https://192.167.255.255', '192.167.255.255'],
    ['https://172.32.0.1', '172.32.0.1'],
    ['https://100.128.0.1', '100.128.0.1'],
  ])('%s leads to %s', async (url, address) => {
    await expect(check(url)).resolves.toBe(address);
  });

  it.each([
    // Without TLS, or by another protocol.
    'http://public.example',
    'http://public.example:443',
    'ftp://public.example',
    'ws://public.example',
    'file:///etc/passwd',
    // With credentials, which also hide where it leads.
    'https://user@public.example',
    'https://user:password@public.example',
    'https://public.example@10.0.0.1',
    'https://public.example:443@127.0.0.1',
    // Private IPv4, by each range.
    'https://0.0.0.0',
    'https://10.0.0.1',
    'https://100.64.0.1',
    'https://100.127.255.255',
    'https://127.0.0.1',
    'https://127.255.255.254',
    'https://169.254.169.254/latest/meta-data',
    'https://172.16.0.1',
    'https://172.31.255.255',
    'https://192.0.0.8',
    'https://192.0.2.1',
    'https://192.88.99.1',
    'https://192.168.1.1',
    'https://198.18.0.1',
    'https://198.19.255.255',
    'https://198.51.100.1',
    'https://203.0.113.1',
    'https://224.0.0.1',
    'https://240.0.0.1',
    'https://255.255.255.255',
    // The same in other ways of writing.
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.0x0.0x0.0x1',
    'https://017700000001',
    'https://0177.0.0.1',
    'https://127.1',
    'https://127.0.1',
    'https://0',
    'https://3232235777',
    'https://0xA9FEA9FE',
    'https://①②⑦.⓪.⓪.①',
    'https://127。0。0。1',
    // Private IPv6.
    'https://[::]',
    'https://[::1]',
    'https://[0:0:0:0:0:0:0:1]',
    'https://[fc00::1]',
    'https://[fd00:ec2::254]',
    'https://[fe80::1]',
    'https://[fec0::1]',
    'https://[ff02::1]',
    'https://[100::1]',
    'https://[2001:db8::1]',
    'https://[3fff::1]',
    // IPv4 within IPv6, also a public one: what a router makes of it is not ours to know.
    'https://[::ffff:127.0.0.1]',
    'https://[::ffff:a9fe:a9fe]',
    'https://[::ffff:8.8.8.8]',
    'https://[::127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[64:ff9b:1::1]',
    'https://[2002:7f00:1::]',
    'https://[2001:0:7f00:1::]',
    // Names.
    'https://localhost',
    'https://LOCALHOST',
    'https://localhost.',
    'https://private.example',
    'https://half.example',
    'https://half6.example',
    'https://mapped.example',
    'https://zone.example',
    'https://nothing.example',
  ])('%s leads nowhere', async (url) => {
    await expect(check(url)).rejects.toMatchObject({
      name: 'AddressNotAllowed',
      message: 'this address is not allowed',
    });
  });

  it('may be private where the operator allows host and port', async () => {
    const allowed = ['simulator.example:4010', '127.0.0.1:4011', 'localhost:443', 'localhost:80'];
    await expect(check('http://simulator.example:4010/v1', allowed)).resolves.toBe('127.0.0.1');
    await expect(check('http://127.0.0.1:4011', allowed)).resolves.toBe('127.0.0.1');
    await expect(check('https://localhost', allowed)).resolves.toBe('127.0.0.1');
    await expect(check('http://localhost', allowed)).resolves.toBe('127.0.0.1');
    await expect(check('http://simulator.example:4011', allowed)).rejects.toThrow();
    await expect(check('http://127.0.0.1:4012', allowed)).rejects.toThrow();
    await expect(check('http://user@127.0.0.1:4011', allowed)).rejects.toThrow();
    await expect(check('ftp://127.0.0.1:4011', allowed)).rejects.toThrow();
  });
});
