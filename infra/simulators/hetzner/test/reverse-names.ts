import type { Call } from './membership-life.js';

/** The names that a server and its addresses are known by. */
export async function reverseNames(call: Call, id: number, ip: Record<string, number>): Promise<void> {
  const net = async () =>
    (
      await call<{ server: { public_net: Record<'ipv4' | 'ipv6', { ip: string; dns_ptr: unknown }> } }>(
        ...(['GET', '/servers/{id}', { id }] as const),
      )
    ).server.public_net;
  const { ipv4, ipv6 } = await net();
  const own = (name: string | null, address: string) => ({ ip: address, dns_ptr: name });
  const inside = `${ipv6.ip.split('::')[0]}::2`;
  await call('POST', '/servers/{id}/actions/change_dns_ptr', { id }, own('one.example.com', ipv4.ip));
  await call('POST', '/servers/{id}/actions/change_dns_ptr', { id }, own('two.example.com', inside));
  await call(
    'POST',
    '/servers/{id}/actions/change_dns_ptr',
    { id },
    own('no.example.com', '2001:db8:ffff::1'),
  );
  expect(await net()).toMatchObject({
    ipv4: { dns_ptr: 'one.example.com' },
    ipv6: { dns_ptr: [own('two.example.com', inside)] },
  });
  await call('POST', '/primary_ips/{id}/actions/change_dns_ptr', ip, own(null, ipv4.ip));
  expect((await net()).ipv4.dns_ptr).toBe(ipv4.dns_ptr);
}
