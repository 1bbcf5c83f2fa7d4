import {
  isHetznerError,
  type HetznerClient,
  type HetznerErrorKind,
  type HetznerFirewall,
  type HetznerFirewallRule,
} from '@cleanroom/hetzner';
import type { ProviderRule } from '../../domain/provider-rules.js';
import {
  ProviderError,
  type ProtectedServer,
  type ProviderFailure,
  type ProviderFirewall,
  type ProviderFirewalls,
} from '../../ports.js';
import type { ListedFirewall } from '../../sighted-firewall-port.js';

const failures: Partial<Record<HetznerErrorKind, ProviderFailure>> = {
  unauthorized: 'credentials-invalid',
  'readonly-token': 'credentials-invalid',
  'name-taken': 'name-taken',
  conflict: 'in-use',
  'not-found': 'not-found',
  locked: 'busy',
  'rate-limited': 'busy',
  unavailable: 'busy',
  'unknown-outcome': 'unknown-outcome',
};

/** Speaks to Hetzner about firewalls and translates its failures once. */
export class HetznerFirewalls implements ProviderFirewalls {
  constructor(
    private readonly client: HetznerClient,
    private readonly installation: string,
  ) {}

  findByName(name: string): Promise<ProviderFirewall | undefined> {
    return classified(async () => {
      const found = await this.client.findFirewallByName(name);
      return found && fromHetzner(found);
    });
  }

  get(id: number): Promise<ProviderFirewall | undefined> {
    return classified(async () => {
      try {
        return fromHetzner(await this.client.getFirewall(id));
      } catch (error) {
        if (isHetznerError(error, 'not-found')) return undefined;
        throw error;
      }
    });
  }

  create(wanted: Parameters<ProviderFirewalls['create']>[0]): Promise<ProviderFirewall> {
    const { name, labels, rules, selector: labelSelector } = wanted;
    const order = { name, labels, rules: rules.map(toHetzner), labelSelector };
    return classified(async () => fromHetzner(await this.client.createFirewall(order)));
  }

  setRules(id: number, rules: readonly ProviderRule[]): Promise<void> {
    return classified(async () => void (await this.client.setFirewallRules(id, rules.map(toHetzner))));
  }

  applyTo(id: number, selector: string): Promise<void> {
    return classified(() => doneAlready(this.client.applyFirewallToLabelSelector(id, selector)));
  }

  removeFrom(id: number, selector: string): Promise<void> {
    return classified(() => doneAlready(this.client.removeFirewallFromLabelSelector(id, selector)));
  }

  takeOff(id: number, serverId: number): Promise<void> {
    return classified(() => doneAlready(this.client.removeFirewallFromServer(id, serverId)));
  }

  delete(id: number): Promise<void> {
    return classified(async () => {
      try {
        await this.client.deleteFirewall(id);
      } catch (error) {
        if (!isHetznerError(error, 'not-found')) throw error;
      }
    });
  }

  list(selector: string): Promise<ListedFirewall[]> {
    return classified(async () => {
      const found = await this.client.listFirewalls(selector);
      return found.map((firewall) => ({ ...fromHetzner(firewall), created: firewall.created }));
    });
  }

  listServers(): Promise<ProtectedServer[]> {
    return classified(async () => {
      const servers = await this.client.listServers(`cleanroom-installation=${this.installation}`);
      return servers.map(({ id, firewalls }) => ({ id, firewalls }));
    });
  }
}

/** `conflict` says that it is applied so already, `not-found` that it was not. */
async function doneAlready(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isHetznerError(error, 'conflict', 'not-found')) throw error;
  }
}

async function classified<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isHetznerError(error)) throw error;
    throw new ProviderError(failures[error.kind] ?? 'refused', error.message, error.retryAt);
  }
}

const fromHetzner = ({ id, labels, rules, appliedTo }: HetznerFirewall): ProviderFirewall => ({
  id,
  labels,
  rules: rules.map((rule) => ({
    direction: rule.direction,
    protocol: rule.protocol,
    port: rule.port ?? null,
    sourceIps: rule.sourceIps,
    destinationIps: rule.destinationIps,
    description: rule.description ?? null,
  })),
  selectors: appliedTo.flatMap((target) => (target.type === 'label_selector' ? [target.selector] : [])),
  serverIds: appliedTo.flatMap((target) => (target.type === 'server' ? [target.serverId] : [])),
});

const toHetzner = ({ port, description, ...rule }: ProviderRule): HetznerFirewallRule => ({
  ...rule,
  ...(port === null ? {} : { port }),
  ...(description === null ? {} : { description }),
});
