import { createServer } from 'node:net';

/** Where everything listens, all on 127.0.0.1. */
export interface Ports {
  gateway: number;
  provisioning: number;
  identity: number;
  firewall: number;
  scheduling: number;
  billing: number;
  hetzner: number;
  gitlab: number;
  postgres: number;
  kafka: number;
  kafkaController: number;
}

/** The ports of an installation, at fixed distances from its base. */
export const portsFrom = (base: number): Ports => ({
  gateway: base,
  provisioning: base + 1,
  identity: base + 2,
  firewall: base + 3,
  scheduling: base + 4,
  billing: base + 5,
  hetzner: base + 10,
  gitlab: base + 11,
  postgres: base + 20,
  kafka: base + 30,
  kafkaController: base + 31,
});

/** Names of those whose port somebody else already uses. */
export async function takenPorts(ports: Ports): Promise<{ name: string; port: number }[]> {
  const checks = Object.entries(ports).map(async ([name, port]) => ({
    name,
    port,
    free: await isFree(port),
  }));
  return (await Promise.all(checks)).filter(({ free }) => !free);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
