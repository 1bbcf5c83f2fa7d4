import type { PrimaryIp, Project, Server } from './state.js';

interface Census {
  readonly serverNames: Set<string>;
  primaryIps: number;
}

/** Made of the state, which alone is kept. Every order asks, and counting a thousand each time would be most of its work. */
const censuses = new WeakMap<Project, Census>();

function censusOf(project: Project): Census {
  const known = censuses.get(project);
  if (known) return known;
  const census = {
    serverNames: new Set(Object.values(project.servers).map(({ name }) => name)),
    primaryIps: Object.keys(project.primaryIps).length,
  };
  censuses.set(project, census);
  return census;
}

export const isServerName = (project: Project, name: string): boolean =>
  censusOf(project).serverNames.has(name);

/** No two servers of a project have the same name. */
export const serverCount = (project: Project): number => censusOf(project).serverNames.size;

export const primaryIpCount = (project: Project): number => censusOf(project).primaryIps;

export function enterServer(project: Project, server: Server): void {
  censusOf(project).serverNames.add(server.name);
  project.servers[server.id] = server;
}

export function renameServer(project: Project, server: Server, name: string): void {
  const { serverNames } = censusOf(project);
  serverNames.delete(server.name);
  serverNames.add(name);
  server.name = name;
}

export function strikeServer(project: Project, server: Server): void {
  const { serverNames } = censusOf(project);
  const present = project.servers[server.id];
  if (present) serverNames.delete(present.name);
  delete project.servers[server.id];
}

export function enterPrimaryIp(project: Project, ip: PrimaryIp): void {
  censusOf(project).primaryIps += 1;
  project.primaryIps[ip.id] = ip;
}

export function strikePrimaryIp(project: Project, ip: PrimaryIp): void {
  const census = censusOf(project);
  if (project.primaryIps[ip.id]) census.primaryIps -= 1;
  delete project.primaryIps[ip.id];
}
