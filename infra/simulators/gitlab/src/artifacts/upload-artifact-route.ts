import { createHash } from 'node:crypto';
import type { Artifact, Job } from '../model.js';
import { authenticateJob } from '../runner-protocol/runner-calls.js';
import { badRequest, invalidParameters } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import type { ApiRequest, OpenRoute } from '../wire/route.js';
import { nextId, timestamp } from '../world.js';
import type { World } from '../world.js';
import { sweepArtifacts } from './artifacts-of.js';
import { parseExpiry } from './expiry.js';

/** What GitLab takes where nobody has changed the setting. */
const LARGEST_UPLOAD = 100 * 1024 * 1024;
const DEFAULT_EXPIRY = '30 days';
const FORMATS = ['raw', 'zip', 'gzip'];

/** `POST /jobs/:id/artifacts`: a runner hands over what its job has made. */
export const uploadArtifactRoute = (world: World): OpenRoute => ({
  operation: 'upload_artifacts',
  method: 'POST',
  url: '/jobs/:id/artifacts',
  caller: 'job',
  bodyLimit: LARGEST_UPLOAD,
  handle: async (request) => {
    const job = authenticateJob(world, request);
    const file = await uploadedFile(request);
    return accept(world, job, request, { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) });
  },
});

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

function accept(world: World, job: Job, request: ApiRequest, { name, bytes }: Upload): Answer {
  const type = parameter(request, 'artifact_type') ?? 'archive';
  const format = parameter(request, 'artifact_format') ?? 'zip';
  if (!FORMATS.includes(format)) throw invalidParameters('artifact_format does not have a valid value');
  const expireAt = expiryOf(world, parameter(request, 'expire_in') ?? DEFAULT_EXPIRY);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const existing = job.artifacts?.find((one) => one.type === type);
  // A runner that did not hear the first answer sends the same again.
  if (existing?.sha256 === sha256) return created();
  if (existing) throw badRequest('another artifact of the same type already exists');
  const artifact: Artifact = {
    ...{ id: nextId(world, 'artifact'), type, format, filename: name, size: bytes.length },
    ...{ sha256, expireAt, createdAt: timestamp(world) },
  };
  world.artifacts.put(artifact.id, bytes);
  job.artifacts = [...(job.artifacts ?? []), artifact];
  job.updatedAt = timestamp(world);
  sweepArtifacts(world);
  return created();
}

const created = (): Answer => ({ status: 201, body: { message: '201 Created' } });

function expiryOf({ clock }: World, words: string): string | null {
  const seconds = parseExpiry(words);
  if (seconds === undefined) throw invalidParameters('expire_in is invalid');
  return seconds === 'never' ? null : new Date(clock.now().getTime() + seconds * 1000).toISOString();
}

/** The runner puts its parameters into the query; other clients put them into the form. */
const parameter = ({ query }: ApiRequest, name: string): string | undefined =>
  [query[name]].flat().find((value) => value !== undefined && value !== '');

async function uploadedFile({ body, headers }: ApiRequest): Promise<File> {
  const type = headers['content-type'] ?? '';
  if (!Buffer.isBuffer(body) || !type.startsWith('multipart/form-data'))
    throw invalidParameters('file is missing');
  const form = new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = (await form.catch(() => undefined))?.get('file');
  if (!(file instanceof File)) throw invalidParameters('file is invalid');
  return file;
}
