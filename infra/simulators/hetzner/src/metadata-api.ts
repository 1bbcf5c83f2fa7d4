import type { FastifyInstance } from 'fastify';
import { isWithin } from './ipv4-range.js';
import type { PrivateAddress, Project, Server } from './state.js';
import { locationBody } from './wire/location-body.js';
import { gatewayOf } from './wire/network-body.js';
import { macAddress } from './wire/server-body.js';
import type { World } from './world.js';

const PREFIX = '/hetzner/v1';
/** The names of the data centres that the metadata goes on to tell; the API does not. */
const zones: Record<string, string> = { fsn1: 'fsn1-dc14', nbg1: 'nbg1-dc3', hel1: 'hel1-dc2' };

type Metadata = Record<string, string | number | readonly (string | object)[]>;

interface Speaker {
  readonly project: Project;
  readonly server: Server;
  readonly address: string;
}

/**
 * Serves what a server can ask about itself at 169.254.169.254, here on the simulator's own port: who asks is told by
 * the address that the question comes from, and without any secret, as at Hetzner.
 */
export function serveMetadata(server: FastifyInstance, world: World): void {
  server.get(`${PREFIX}/userdata`, (request, reply) => {
    const userData = speakerAt(world, request.ip)?.server.userData;
    return reply
      .code(userData ? 200 : 404)
      .type('text/plain')
      .send(userData ?? '');
  });
  server.get(`${PREFIX}/metadata`, (request, reply) => {
    const speaker = speakerAt(world, request.ip);
    if (!speaker) return reply.code(404).send();
    return reply.type('text/yaml').send(yaml(metadataOf(speaker)));
  });
  server.get<{ Params: { key: string } }>(`${PREFIX}/metadata/:key`, (request, reply) => {
    const speaker = speakerAt(world, request.ip);
    const value = speaker && metadataOf(speaker)[request.params.key];
    if (value === undefined) return reply.code(404).send();
    return reply.type('text/plain').send(text(value));
  });
}

/** The server that has power and this address. */
function speakerAt(world: World, address: string): Speaker | undefined {
  for (const project of Object.values(world.state.projects)) {
    const ip = Object.values(project.primaryIps).find((each) => each.ip === address);
    const server = ip?.assigneeId ? project.servers[ip.assigneeId] : undefined;
    if (server?.status === 'running') return { project, server, address };
  }
  return undefined;
}

/** One network of a server, as the list of them tells it. */
function privateNetwork(project: Project, { networkId, ip, aliasIps, attached }: PrivateAddress) {
  const network = project.networks[networkId];
  if (!network || !attached) return undefined;
  const { name, ipRange } = network;
  const subnet = network.subnets.find((each) => isWithin(each.ipRange, ip))?.ipRange ?? ipRange;
  return {
    ...{ ip, alias_ips: aliasIps, mac_address: macAddress(ip), network_id: networkId, network_name: name },
    ...{ network: ipRange, subnet, gateway: gatewayOf(network) },
  };
}

function metadataOf({ project, server, address }: Speaker): Metadata {
  return {
    'availability-zone': zones[server.location] ?? server.location,
    hostname: server.name,
    'instance-id': server.id,
    'private-networks': server.networks.flatMap((own) => privateNetwork(project, own) ?? []),
    'public-ipv4': address,
    'public-keys': server.sshKeyIds.flatMap((id) => project.sshKeys[id]?.publicKey ?? []),
    region: locationBody(server.location).network_zone,
  };
}

const text = (value: Metadata[string]): string =>
  typeof value === 'object'
    ? value.map((each) => (typeof each === 'string' ? each : yamlItem(each))).join('\n')
    : String(value);

/** An entry of a list in YAML, a line for each of its values. */
const yamlItem = (entry: object): string =>
  Object.entries(entry)
    .map(([key, value], index) => `${index === 0 ? '- ' : '  '}${key}: ${JSON.stringify(value)}`)
    .join('\n');

/** Text in the quotes of JSON is text in YAML too. */
const yaml = (values: Metadata): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
