import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { Credential } from '../../ports.js';
import type { OperationParams, SentOperation } from './operation-params.js';
import { OperationRefused } from './prepare-operation.js';

const MANIFEST = '.json';
const manifestSchema = z.record(z.string(), z.string());

/** A file of registered operations is not what it has to be; the gateway does not start with it. */
export class ManifestRefused extends Error {
  override readonly name = 'ManifestRefused';
}

/**
 * Operations whose text the operator has registered for partners: a client sends the SHA-256 of one instead of the text.
 * Nobody else adds any, so that the text is known before it is ever asked for.
 */
export class PersistedOperations {
  /** @param texts by their SHA-256 */
  private constructor(
    private readonly texts: ReadonlyMap<string, string>,
    private readonly onlyThese: boolean,
  ) {}

  /**
   * Reads the files of a folder, one for each client, as graphql-codegen writes them: `{"sha256:<hex>":"query …"}`.
   *
   * @param folder none: nothing is registered
   * @param onlyThese whether API tokens are answered nothing else; the console's sessions are
   * @throws ManifestRefused
   */
  static async load(folder: string | undefined, onlyThese = false): Promise<PersistedOperations> {
    const files = folder ? (await readdir(folder)).filter((name) => name.endsWith(MANIFEST)) : [];
    const entries = await Promise.all(files.map((name) => readManifest(join(folder ?? '', name))));
    return new PersistedOperations(new Map(entries.flat()), onlyThese);
  }

  /** What is to be executed. @throws OperationRefused */
  textOf(sent: SentOperation, by: Credential['kind']): OperationParams {
    const params = this.#found(sent);
    if (this.onlyThese && by === 'token' && !params.isRegistered)
      throw refusal('FORBIDDEN', 'API tokens are answered registered operations only.');
    return params;
  }

  #found({ query, documentId, ...rest }: SentOperation): OperationParams {
    const id = documentId === undefined ? undefined : withoutPrefix(documentId);
    if (query === undefined) return { ...rest, query: this.#registered(id), isRegistered: true };
    if (id === undefined && this.texts.size === 0) return { ...rest, query, isRegistered: false };
    const hash = sha256(query);
    if (id !== undefined && id !== hash)
      throw refusal('BAD_USER_INPUT', 'The hash is not the SHA-256 of the text beside it.');
    return { ...rest, query, isRegistered: this.texts.has(hash) };
  }

  #registered(id: string | undefined): string {
    const text = id === undefined ? undefined : this.texts.get(id);
    if (text === undefined)
      throw refusal('PERSISTED_QUERY_NOT_FOUND', 'No operation is registered under this hash.');
    return text;
  }
}

async function readManifest(file: string): Promise<[hash: string, text: string][]> {
  const manifest = manifestSchema.safeParse(parseJson(await readFile(file, 'utf8')));
  if (!manifest.success)
    throw new ManifestRefused(`${file} is no JSON object of operations by their SHA-256`);
  return Object.entries(manifest.data).map(([id, text]) => {
    const hash = sha256(text);
    if (withoutPrefix(id) !== hash)
      throw new ManifestRefused(`${file} has a text under ${id}, whose SHA-256 is ${hash}`);
    return [hash, text];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const withoutPrefix = (id: string): string => id.replace(/^sha256:/, '').toLowerCase();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const refusal = (code: string, message: string): OperationRefused =>
  new OperationRefused([new GraphQLError(message, { extensions: { code } })]);
