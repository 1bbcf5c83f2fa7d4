/** How long things take at Hetzner, in milliseconds of the virtual clock. Every call is one sample. */
export interface Latency {
  /** From request to answer. */
  request(method: string): number;
  createServer(): number;
  startServer(): number;
  /** From power-on until the user data is acted upon. */
  boot(): number;
  rebuildServer(): number;
  stopServer(): number;
  /** Until the wish to shut down has reached the server. */
  signalShutdown(): number;
  /** From then until its system is off. */
  obeyShutdown(): number;
  /** Includes copying the disk. */
  changeType(): number;
  attachNetwork(): number;
  /** Of a Primary IP, to its server or from it. */
  assignPrimaryIp(): number;
  /** Of its subnets, routes, range and protection. */
  changeNetwork(): number;
  deleteServer(): number;
  /** From the end of a server's deletion until its Primary IP is free. */
  releasePrimaryIp(): number;
  /** How much longer a deleted resource counts against the account's limits. */
  releaseQuota(): number;
  applyFirewall(): number;
  /** Share of creations that stay `initializing` until they are deleted. */
  readonly stuckCreations: number;
}

export type LatencyMode = 'realistic' | 'fast';

/** 95 of 100 samples of a normal distribution are below this many deviations. */
const P95_DEVIATIONS = 1.645;

/** What was measured and published; where nothing was, a guess that the README names. */
export function realisticLatency(random: () => number): Latency {
  const between = (low: number, high: number): number => low + random() * (high - low);
  const lognormal = (median: number, p95: number): number =>
    median * Math.exp((Math.log(p95 / median) / P95_DEVIATIONS) * normal(random));
  return {
    request: (method) => (method === 'GET' ? between(40, 120) : between(200, 600)),
    createServer: () => lognormal(5_000, 15_000),
    startServer: () => between(1_000, 3_000),
    boot: () => lognormal(30_000, 60_000),
    rebuildServer: () => lognormal(10_000, 20_000),
    stopServer: () => between(1_000, 2_000),
    signalShutdown: () => between(500, 900),
    obeyShutdown: () => lognormal(8_000, 120_000),
    changeType: () => lognormal(60_000, 180_000),
    attachNetwork: () => between(1_000, 3_000),
    assignPrimaryIp: () => between(1_000, 3_000),
    changeNetwork: () => between(200, 1_000),
    deleteServer: () => between(2_000, 6_000),
    releasePrimaryIp: () => between(1_000, 3_000),
    releaseQuota: () => between(0, 60_000),
    applyFirewall: () => between(1_000, 5_000),
    stuckCreations: 0.005,
  };
}

/** Just long enough that nothing happens within the request that asks for it. */
export const fastLatency: Latency = {
  request: () => 0,
  createServer: () => 20,
  startServer: () => 10,
  boot: () => 20,
  rebuildServer: () => 20,
  stopServer: () => 10,
  signalShutdown: () => 5,
  obeyShutdown: () => 10,
  changeType: () => 20,
  attachNetwork: () => 5,
  assignPrimaryIp: () => 5,
  changeNetwork: () => 5,
  deleteServer: () => 20,
  releasePrimaryIp: () => 10,
  releaseQuota: () => 0,
  applyFirewall: () => 10,
  stuckCreations: 0,
};

export const latencyOf = (mode: LatencyMode, random: () => number): Latency =>
  mode === 'fast' ? fastLatency : realisticLatency(random);

/** One sample of the standard normal distribution, after Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
