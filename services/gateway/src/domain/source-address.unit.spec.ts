import fc from 'fast-check';
import { sourceAddress } from './source-address.js';

const proxies = new Set(['10.0.0.1', '10.0.0.2']);
const source = (remoteAddress: string | undefined, forwardedFor?: string) =>
  sourceAddress({ remoteAddress, forwardedFor, isTrustedProxy: (address) => proxies.has(address) });

describe('where a call comes from', () => {
  it.each([
    ['the socket', '198.51.100.7', undefined, '198.51.100.7'],
    ['the socket, whatever the caller says', '198.51.100.7', '1.2.3.4', '198.51.100.7'],
    ['the socket, written as IPv4', '::ffff:198.51.100.7', undefined, '198.51.100.7'],
    ['the socket, as IPv6', '2001:db8::7', undefined, '2001:db8::7'],
    ['whom a trusted proxy names', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['whom the nearest trusted proxy names', '10.0.0.1', '1.2.3.4, 198.51.100.7', '198.51.100.7'],
    ['whom a chain of trusted proxies names', '10.0.0.1', '1.2.3.4, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
    ['an IPv4 address that a proxy writes as IPv6', '::ffff:10.0.0.1', '::ffff:198.51.100.7', '198.51.100.7'],
    ['the proxy itself where it names nobody', '10.0.0.1', undefined, '10.0.0.1'],
    [
      'the proxy itself where it names nothing that is an address',
      '10.0.0.1',
      '1.2.3.4, <script>',
      '10.0.0.1',
    ],
    ['nowhere, when the socket has gone', undefined, '1.2.3.4', ''],
  ])('is %s', (_what, remote, forwarded, expected) => {
    expect(source(remote, forwarded)).toBe(expected);
  });

  it('cannot be made up by a caller who does not own a proxy', () => {
    fc.assert(
      fc.property(
        fc.ipV4(),
        fc.array(fc.oneof(fc.ipV4(), fc.string(), fc.constant('10.0.0.1'))),
        (own, lies) => {
          fc.pre(!proxies.has(own));
          expect(source(own, lies.join(','))).toBe(own);
          expect(source('10.0.0.1', [...lies, own].join(','))).toBe(own);
        },
      ),
    );
  });
});
