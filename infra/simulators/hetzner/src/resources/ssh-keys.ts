import { createHash } from 'node:crypto';
import { z } from 'zod';
import { nameTaken, notFound } from '../api-error.js';
import { requireQuota } from '../quota.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import type { Project, SshKey } from '../state.js';
import { labelsField, readBody } from '../wire/body.js';
import { page } from '../wire/page.js';
import { sshKeyBody } from '../wire/ssh-key-body.js';
import { secondOf, takeId, type World } from '../world.js';

const OPEN_SSH = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d{3}) ([A-Za-z0-9+/]{40,}={0,2})(\s.*)?$/;

const order = z.object({
  name: z.string().min(1),
  public_key: z
    .string()
    .trim()
    .refine((key) => OPEN_SSH.test(key), 'is not a valid SSH public key'),
  labels: labelsField.default({}),
});
const change = z.object({ name: z.string().min(1).optional(), labels: labelsField.optional() });

function createSshKey(world: World, { project, body }: ApiRequest): Answer {
  const wanted = readBody(order, body);
  const fingerprint = fingerprintOf(wanted.public_key);
  const known = Object.values(project.sshKeys);
  if (known.some((key) => key.name === wanted.name)) throw nameTaken('SSH key');
  if (known.some((key) => key.fingerprint === fingerprint)) throw nameTaken('SSH key', 'public_key');
  requireQuota(world, project, 'sshKeys');
  const key: SshKey = {
    id: takeId(world),
    name: wanted.name,
    publicKey: wanted.public_key,
    fingerprint,
    labels: wanted.labels,
    created: secondOf(world),
  };
  project.sshKeys[key.id] = key;
  world.ledger.otherBegan('ssh_key', project.name, key);
  return { status: 201, body: { ssh_key: sshKeyBody(key) }, resourceId: key.id };
}

function updateSshKey(_world: World, { project, params, body }: ApiRequest): Answer {
  const key = findSshKey(project, params.id);
  const { name, labels } = readBody(change, body);
  if (name !== undefined && name !== key.name) {
    if (Object.values(project.sshKeys).some((other) => other.name === name)) throw nameTaken('SSH key');
    key.name = name;
  }
  key.labels = labels ?? key.labels;
  return { status: 200, body: { ssh_key: sshKeyBody(key) }, resourceId: key.id };
}

/** Hetzner shows the MD5 of the key itself, in pairs. */
const fingerprintOf = (publicKey: string): string =>
  createHash('md5')
    .update(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64'))
    .digest('hex')
    .replace(/(..)(?=.)/g, '$1:');

function findSshKey(project: Project, id: string | undefined): SshKey {
  const key = project.sshKeys[id ?? ''];
  if (!key) throw notFound('SSH key', id ?? '');
  return key;
}

/** Public keys for new servers. */
export const sshKeyRoutes: readonly Route[] = [
  {
    operation: 'list_ssh_keys',
    method: 'GET',
    path: '/ssh_keys',
    handle: (_world, request) => {
      const wanted = request.query.get('fingerprint');
      const all = Object.values(request.project.sshKeys);
      const found = all.filter(({ fingerprint }) => wanted === null || fingerprint === wanted);
      return page(request, 'ssh_keys', found, sshKeyBody);
    },
  },
  { operation: 'create_ssh_key', method: 'POST', path: '/ssh_keys', handle: createSshKey },
  {
    operation: 'get_ssh_key',
    method: 'GET',
    path: '/ssh_keys/{id}',
    handle: (_world, { project, params }) => {
      const key = findSshKey(project, params.id);
      return { status: 200, body: { ssh_key: sshKeyBody(key) }, resourceId: key.id };
    },
  },
  { operation: 'update_ssh_key', method: 'PUT', path: '/ssh_keys/{id}', handle: updateSshKey },
  {
    operation: 'delete_ssh_key',
    method: 'DELETE',
    path: '/ssh_keys/{id}',
    handle: (world, { project, params }) => {
      const key = findSshKey(project, params.id);
      delete project.sshKeys[key.id];
      world.ledger.otherEnded(key.id, secondOf(world));
      return { status: 204, resourceId: key.id };
    },
  },
];
