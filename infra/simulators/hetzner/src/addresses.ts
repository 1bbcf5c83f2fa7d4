import { secondOf, takeId, type World } from './world.js';
import type { Labels, PrimaryIp, Project } from './state.js';
import { enterPrimaryIp, strikePrimaryIp } from './census.js';
import { primaryIpPrice } from './catalogue/prices.js';

/** 127.64.0.0/10: loopback, so that a simulated guest can really speak from its own address. */
const BASE = (127 << 24) | (64 << 16);
const SIZE = 1 << 22;

/** Takes the next address that nobody has. Addresses come round only after all others were used. */
function takeAddress(world: World): string {
  // Before they come round, none that comes next can be anybody's.
  const taken = world.state.nextAddress < SIZE ? undefined : addressesInUse(world);
  for (;;) {
    const offset = world.state.nextAddress++ % SIZE;
    const address = addressAt(offset);
    // The first and last of each 256 look like a network and a broadcast address to many a library.
    if (offset % 256 !== 0 && offset % 256 !== 255 && !taken?.has(address)) return address;
  }
}

const addressesInUse = (world: World): Set<string> =>
  new Set(
    Object.values(world.state.projects).flatMap(({ primaryIps }) =>
      Object.values(primaryIps).map(({ ip }) => ip),
    ),
  );

const addressAt = (offset: number): string =>
  [24, 16, 8, 0].map((shift) => ((BASE + offset) >>> shift) & 255).join('.');

/** Addresses from the range for documentation: no guest speaks IPv6. */
const networkOf = (id: number): string =>
  `2001:db8:${((id >>> 16) & 0xffff).toString(16)}:${(id & 0xffff).toString(16)}::/64`;

export interface NewPrimaryIp {
  readonly name: string;
  readonly type: 'ipv4' | 'ipv6';
  readonly location: string;
  readonly labels: Labels;
  readonly autoDelete: boolean;
  readonly assigneeId: number | null;
}

/** Begins a Primary IP, and its billing. */
export function addPrimaryIp(world: World, project: Project, order: NewPrimaryIp): PrimaryIp {
  const id = takeId(world);
  const ip: PrimaryIp = {
    ...order,
    id,
    ip: order.type === 'ipv4' ? takeAddress(world) : networkOf(id),
    created: secondOf(world),
    deleteProtected: false,
  };
  enterPrimaryIp(project, ip);
  const { hourly, monthly } = primaryIpPrice[order.type];
  world.ledger.primaryIpBegan({
    id,
    project: project.name,
    name: ip.name,
    labels: { ...ip.labels },
    type: ip.type,
    location: ip.location,
    created: ip.created,
    deleted: null,
    priceHourlyNet: hourly,
    priceMonthlyNet: monthly,
    address: ip.ip,
  });
  return ip;
}

/** Ends a Primary IP, and its billing. */
export function removePrimaryIp(world: World, project: Project, ip: PrimaryIp): void {
  strikePrimaryIp(project, ip);
  world.ledger.primaryIpEnded(ip.id, secondOf(world));
}
