import {
  isHetznerError,
  type HetznerClient,
  type HetznerErrorKind,
  type HetznerOrderPrice,
  type HetznerServer,
} from '@cleanroom/hetzner';
import { parseMicros, type Clock } from '@cleanroom/kernel';
import type { Architecture, Catalogue } from '../../domain/check-pool.js';
import {
  ProviderError,
  type PriceAtOrder,
  type ProviderFailure,
  type ProviderServer,
  type ServerOrder,
  type Servers,
} from '../../ports.js';

const WHOSE_DELETION = 'the server is gone, by a request whose answer was lost or by somebody else';
const CATALOGUE_GOOD_FOR_MS = 5 * 60_000;

const failures: Partial<Record<HetznerErrorKind, ProviderFailure>> = {
  unauthorized: 'credentials-invalid',
  'readonly-token': 'credentials-invalid',
  'limit-exceeded': 'limit-exceeded',
  'sold-out': 'sold-out',
  'name-taken': 'name-taken',
  'not-found': 'not-found',
  conflict: 'busy',
  locked: 'busy',
  'rate-limited': 'busy',
  unavailable: 'busy',
  'unknown-outcome': 'unknown-outcome',
};

/** The address of the server before is given back a moment after its deletion. */
const isAddressStillTaken = (code: string): boolean => /primary_ip/.test(code);

/** Speaks to Hetzner about servers and translates its failures once. */
export class HetznerServers implements Servers {
  private known: { catalogue: Catalogue; readAt: number } | undefined;

  constructor(
    private readonly client: HetznerClient,
    private readonly installation: string,
    private readonly clock: Clock,
  ) {}

  order({ sshKeyId, firewallId, primaryIpId, ...order }: ServerOrder): Promise<ProviderServer> {
    return classified(async () => {
      const { server, price } = await this.client.createServer({
        ...order,
        sshKeyIds: [sshKeyId],
        firewallIds: [firewallId],
        primaryIpv4Id: primaryIpId,
      });
      return { ...fromHetzner(server), priceAtOrder: price && priceFrom(price) };
    });
  }

  findByName(name: string): Promise<ProviderServer | undefined> {
    return classified(async () => {
      const server = await this.client.findServerByName(name);
      return server && fromHetzner(server);
    });
  }

  find(id: number): Promise<ProviderServer | undefined> {
    return classified(async () => {
      try {
        return fromHetzner(await this.client.getServer(id));
      } catch (error) {
        if (!isHetznerError(error, 'not-found')) throw error;
        return undefined;
      }
    });
  }

  list(): Promise<ProviderServer[]> {
    return classified(async () =>
      (await this.client.listServers(`cleanroom-installation=${this.installation}`)).map(fromHetzner),
    );
  }

  setLabels(id: number, labels: Record<string, string>): Promise<void> {
    return classified(async () => void (await this.client.updateServerLabels(id, labels)));
  }

  rebuild(id: number, rebuild: { image: string; userData: string }): Promise<void> {
    return classified(async () => void (await this.client.rebuildServer(id, rebuild)));
  }

  rebuiltSince(id: number, since: Date): Promise<boolean> {
    return classified(async () => {
      const actions = await this.client.listServerActions(id);
      return actions.some(
        ({ command, started, status }) =>
          command === 'rebuild_server' && started >= since && status !== 'error',
      );
    });
  }

  delete(id: number): Promise<{ actionId: number; startedAt: Date } | undefined> {
    return classified(async () => {
      try {
        const { id: actionId, started } = await this.client.deleteServer(id);
        return { actionId, startedAt: started };
      } catch (error) {
        if (!isHetznerError(error, 'not-found')) throw error;
        if (error.afterLostAnswer) throw new ProviderError('unknown-outcome', WHOSE_DELETION);
        return undefined;
      }
    });
  }

  outcomeOf(actionId: number): Promise<'running' | 'done' | 'failed'> {
    return classified(async () => {
      const [action] = await this.client.getActions([actionId]).catch(noneIfForgotten);
      if (action?.status === 'success') return 'done';
      // Of one that Hetzner no longer knows nothing more is heard: the server itself has to tell.
      return action?.status === 'running' ? 'running' : 'failed';
    });
  }

  catalogue(): Promise<Catalogue> {
    return classified(async () => {
      const now = this.clock.now().getTime();
      if (this.known && now - this.known.readAt < CATALOGUE_GOOD_FOR_MS) return this.known.catalogue;
      const [types, locations] = await Promise.all([
        this.client.listServerTypes(),
        this.client.listLocations(),
      ]);
      const offered = types.map(
        (type) =>
          [type.name, type.locations.filter((one) => !one.deprecated).map(({ name }) => name)] as const,
      );
      const catalogue = {
        offered: new Map(offered),
        locations: locations.map(({ name }) => name),
        architectures: new Map(types.map(({ name, architecture }) => [name, architecture])),
      };
      this.known = { catalogue, readAt: now };
      return catalogue;
    });
  }

  architecturesOf(image: string): Promise<Architecture[]> {
    return classified(async () =>
      (await this.client.findImagesByName(image)).map(({ architecture }) => architecture),
    );
  }
}

function noneIfForgotten(error: unknown): [] {
  if (isHetznerError(error, 'not-found')) return [];
  throw error;
}

async function classified<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isHetznerError(error)) throw error;
    const failure = isAddressStillTaken(error.code) ? 'busy' : (failures[error.kind] ?? 'refused');
    throw new ProviderError(failure, error.reason, error.retryAt);
  }
}

const fromHetzner = ({ id, name, created, labels }: HetznerServer): ProviderServer => ({
  id,
  name,
  created,
  labels,
});

/** Zero is how events leave a price out; and what is too large to be kept would have the order's answer lost. */
const isPrice = (micros: bigint | undefined): micros is bigint =>
  micros !== undefined && micros > 0n && micros <= BigInt(Number.MAX_SAFE_INTEGER);

/** `undefined` where Hetzner says something else than two prices: the server is there all the same. */
function priceFrom({ hourlyNet, monthlyNet }: HetznerOrderPrice): PriceAtOrder | undefined {
  const hourlyMicros = parseMicros(hourlyNet);
  const monthlyCapMicros = parseMicros(monthlyNet);
  return isPrice(hourlyMicros) && isPrice(monthlyCapMicros) ? { hourlyMicros, monthlyCapMicros } : undefined;
}
