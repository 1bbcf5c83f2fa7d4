import pg from 'pg';
import type { BilledLife } from './hetzner-ledger.js';
import type { TestInstallation } from './installation.js';
import { adminUrl } from './state-digest.js';

const HOUR_MS = 3_600_000;

interface Meter {
  kind: 'machine' | 'static-ip';
  providerId: string;
  startedAt: Date;
  endedAt: Date | null;
  estimated: boolean;
}

/** The hours that billing knows of everything that Hetzner billed, which only for an estimated end may be one off. */
export async function hoursOf(installation: TestInstallation): Promise<(life: BilledLife) => number> {
  const now = installation.system.clock.now();
  const estimates = (await readMeters(installation)).filter(({ estimated }) => estimated);
  const estimated = new Map(estimates.map((meter) => [keyOf(meter), startedHours(meter, now)]));
  return (life) =>
    estimated.get(withKey('address' in life ? 'static-ip' : 'machine')(life).key) ?? life.hoursBilled;
}

/** What Hetzner billed and billing has not, or not with as many hours; and what billing has and Hetzner never billed. */
export async function unmetered(installation: TestInstallation): Promise<string[]> {
  const { servers, primaryIps } = await installation.hetzner.read();
  const now = installation.system.clock.now();
  const meters = new Map((await readMeters(installation)).map((meter) => [keyOf(meter), meter]));
  const lives = [...servers.map(withKey('machine')), ...primaryIps.map(withKey('static-ip'))];
  const wrong = lives.flatMap(({ key, life }) => difference(key, life, meters.get(key), now));
  const billed = new Set(lives.map(({ key }) => key));
  return [
    ...wrong,
    ...[...meters.keys()].filter((key) => !billed.has(key)).map((key) => `${key}: not billed`),
  ];
}

const keyOf = ({ kind, providerId }: Pick<Meter, 'kind' | 'providerId'>): string => `${kind} ${providerId}`;

const withKey = (kind: Meter['kind']) => (life: BilledLife) => ({
  key: keyOf({ kind, providerId: String(life.id) }),
  life,
});

function difference(key: string, life: BilledLife, meter: Meter | undefined, now: Date): string[] {
  if (!meter) return [`${key}: no meter`];
  if ((life.deleted === null) !== (meter.endedAt === null)) return [`${key}: ended for one of them only`];
  const hours = startedHours(meter, now);
  // The end of what somebody else deleted is known to a minute, and the meter says so.
  const tolerated = meter.estimated ? 1 : 0;
  return Math.abs(hours - life.hoursBilled) > tolerated
    ? [`${key}: ${hours} hours metered, ${life.hoursBilled} billed`]
    : [];
}

/** Written here once more: what is compared must not be reckoned by the code that it judges. */
const startedHours = ({ startedAt, endedAt }: Meter, now: Date): number =>
  Math.max(1, Math.ceil(((endedAt ?? now).getTime() - startedAt.getTime()) / HOUR_MS));

async function readMeters({ system }: TestInstallation): Promise<Meter[]> {
  const client = new pg.Client({ connectionString: adminUrl(system, 'billing') });
  await client.connect();
  try {
    const { rows } = await client.query<Meter>(
      `SELECT kind, provider_id AS "providerId", started_at AS "startedAt", ended_at AS "endedAt", estimated FROM meter`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
