import { createHetznerClient, type HetznerClient, type ServerOrder } from '@cleanroom/hetzner';
import { scaledClock, type Clock } from '@cleanroom/kernel';
import { JudgedAnswers } from './judged-answers.js';
import type { GuestOptions } from '../src/guests.js';
import {
  startHetznerSimulator,
  type HetznerSimulator,
  type HetznerSimulatorOptions,
} from '../src/start-hetzner-simulator.js';

export const TOKEN = 'simulated-token';
export const PUBLIC_KEY = `ssh-ed25519 ${'A'.repeat(67)}= cleanroom`;

/** A clock on which an hour is a tenth of a second. */
export const hurriedClock = (): Clock =>
  scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.UTC(2026, 10, 2, 8), factor: 36_000 });

/** A clock on which nothing ends until it is put forward, however slow the machine is that asks in between. */
export const standingClock = (): Clock =>
  scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.UTC(2026, 10, 2, 8), factor: 0.0001 });

/** A running simulator, its admin API, a client of ours, and what became of its guests. */
export interface SimulatedHetzner {
  readonly simulator: HetznerSimulator;
  readonly client: HetznerClient;
  readonly guests: (GuestOptions & { stopped: boolean })[];
  admin<T = Record<string, never>>(method: string, path: string, body?: object): Promise<T>;
}

export async function simulateHetzner(
  options: Partial<HetznerSimulatorOptions> = {},
): Promise<SimulatedHetzner> {
  const guests: SimulatedHetzner['guests'] = [];
  const judged = new JudgedAnswers();
  const simulator = await startHetznerSimulator({
    onAnswer: (answer) => judged.hear(answer),
    tokens: { [TOKEN]: 'demo' },
    startGuest: (given) => {
      const guest = { ...given, stopped: false };
      guests.push(guest);
      return { stop: async () => void (guest.stopped = true) };
    },
    ...options,
  });
  const client = createHetznerClient({
    endpoint: simulator.endpoint,
    token: TOKEN,
    clock: options.clock,
    timeoutMs: 30_000,
  });
  const stop = async (): Promise<void> => {
    await simulator.stop();
    judged.requireFaultless();
  };
  return { simulator: { ...simulator, stop }, client, guests, admin: adminOf(simulator) };
}

const adminOf = (simulator: HetznerSimulator): SimulatedHetzner['admin'] =>
  async function admin<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const url = `${simulator.url}/_sim/${path}`;
    const response = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };

/** Everything that an order needs, ready in the project. */
export async function prepareOrder(client: HetznerClient, name = 'cr-a-1'): Promise<ServerOrder> {
  const key =
    (await client.findSshKeyByName('cleanroom')) ??
    (await client.createSshKey({ name: 'cleanroom', publicKey: PUBLIC_KEY, labels: {} }));
  const firewall =
    (await client.findFirewallByName('baseline')) ??
    (await client.createFirewall({ name: 'baseline', labels: {}, rules: [] }));
  const ip = await client.createPrimaryIp({ name: `ip-${name}`, location: 'fsn1', labels: { own: 'yes' } });
  return {
    name,
    serverType: 'cx23',
    location: 'fsn1',
    image: 'debian-12',
    labels: { own: 'yes' },
    userData: '#cloud-config',
    sshKeyIds: [key.id],
    firewallIds: [firewall.id],
    primaryIpv4Id: ip.id,
  };
}

/** Repeats a look until it shows what is wanted; fails after a minute. */
export async function until<T>(look: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`never came to be: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
