import { generateKeyPairSync } from 'node:crypto';
import {
  isHetznerError,
  type HetznerClient,
  type HetznerErrorKind,
  type HetznerPrimaryIp,
} from '@cleanroom/hetzner';
import { MARK_NAME } from '../../domain/project-mark.js';
import {
  ProviderError,
  type HetznerProjectCalls,
  type ProviderFailure,
  type ProviderIp,
  type ProviderMark,
} from '../../ports.js';

const WHOSE_DELETION = 'the address is gone, by a request whose answer was lost or by somebody else';

const failures: Partial<Record<HetznerErrorKind, ProviderFailure>> = {
  unauthorized: 'credentials-invalid',
  forbidden: 'credentials-invalid',
  'readonly-token': 'read-only',
  'limit-exceeded': 'limit-exceeded',
  'name-taken': 'name-taken',
  'sold-out': 'location-refused',
  'not-found': 'not-found',
  conflict: 'busy',
  locked: 'busy',
  'must-be-unassigned': 'busy',
  'rate-limited': 'busy',
  unavailable: 'unreachable',
  'unknown-outcome': 'unknown-outcome',
};

/** Speaks to Hetzner about marks and addresses and translates its failures once. */
export class HetznerCalls implements HetznerProjectCalls {
  constructor(
    private readonly client: HetznerClient,
    private readonly installation: string,
  ) {}

  currency(): Promise<string> {
    return classified(async () => (await this.client.getPricing()).currency);
  }

  findMark(): Promise<ProviderMark | undefined> {
    return classified(() => this.client.findSshKeyByName(MARK_NAME));
  }

  createMark(labels: Record<string, string>): Promise<ProviderMark> {
    return classified(() => this.client.createSshKey({ name: MARK_NAME, publicKey: publicHalf(), labels }));
  }

  relabelMark(id: number, labels: Record<string, string>): Promise<void> {
    return classified(async () => void (await this.client.updateSshKeyLabels(id, labels)));
  }

  deleteMark(id: number): Promise<void> {
    return classified(async () => {
      try {
        await this.client.deleteSshKey(id);
      } catch (error) {
        if (!isHetznerError(error, 'not-found')) throw error;
      }
    });
  }

  createIp(ip: { name: string; location: string; labels: Record<string, string> }): Promise<ProviderIp> {
    return classified(async () => fromHetzner(await this.client.createPrimaryIp(ip)));
  }

  findIpByName(name: string): Promise<ProviderIp | undefined> {
    return classified(async () => {
      const found = await this.client.findPrimaryIpByName(name);
      return found && fromHetzner(found);
    });
  }

  listIps(): Promise<ProviderIp[]> {
    return classified(async () =>
      (await this.client.listPrimaryIps(`cleanroom-installation=${this.installation}`)).map(fromHetzner),
    );
  }

  ipExists(id: number): Promise<boolean> {
    return classified(async () => {
      try {
        return (await this.client.getPrimaryIp(id)).id === id;
      } catch (error) {
        if (isHetznerError(error, 'not-found')) return false;
        throw error;
      }
    });
  }

  deleteIp(id: number): Promise<'deleted' | 'gone'> {
    return classified(async () => {
      try {
        await this.client.deletePrimaryIp(id);
        return 'deleted';
      } catch (error) {
        if (!isHetznerError(error, 'not-found')) throw error;
        if (error.afterLostAnswer) throw new ProviderError('unknown-outcome', WHOSE_DELETION);
        return 'gone';
      }
    });
  }
}

/** The other half is never read, so nobody can ever log in with it. */
function publicHalf(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const field = (bytes: Buffer) =>
    Buffer.concat([Buffer.from(Uint32Array.of(bytes.length).buffer).reverse(), bytes]);
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]);
  return `ssh-ed25519 ${blob.toString('base64')} cleanroom`;
}

async function classified<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isHetznerError(error)) throw error;
    throw new ProviderError(failures[error.kind] ?? 'refused', error.message, error.retryAt);
  }
}

const fromHetzner = ({ id, address, location, created, labels }: HetznerPrimaryIp): ProviderIp => ({
  id,
  address,
  location,
  created,
  labels,
});
