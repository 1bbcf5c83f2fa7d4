import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  cacheRuleOf,
  CONSOLE_HEADERS,
  CONSOLE_PATH,
  consoleFile,
  mediaTypeOf,
} from '../../domain/console-file.js';
import { sendJson } from './send-json.js';

/** What the console reads before anything else. */
export interface ConsoleSettings {
  /** Value of CLEANROOM_CLOCK; left out where the system's clock counts. */
  readonly clock?: string;
}

interface LoadedFile {
  readonly plain: Buffer;
  /** Left out where it would not be smaller. */
  readonly packed?: Buffer;
  readonly tag: string;
}

const compress = promisify(gzip);

/**
 * The console, as it was built, from memory: what is not among its files when the gateway starts cannot be asked for,
 * whatever a path looks like.
 */
export class ConsoleFiles {
  private constructor(
    private readonly files: ReadonlyMap<string, LoadedFile>,
    private readonly settings: ConsoleSettings,
  ) {}

  /** Reads what is in a folder; one that is not there holds no console. */
  static async load(folder: string, settings: ConsoleSettings): Promise<ConsoleFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const files = await Promise.all(
      paths.map(async (path) => [relative(folder, path).split(sep).join('/'), await load(path)] as const),
    );
    return new ConsoleFiles(new Map(files), settings);
  }

  answer(request: IncomingMessage, response: ServerResponse, path: string): void {
    for (const [name, value] of Object.entries(CONSOLE_HEADERS)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sendJson(response, 405, { error: 'method_not_allowed' }, { allow: 'GET, HEAD' });
    // The time besides: where the browser's own clock is wrong, ages are right all the same.
    if (path === `${CONSOLE_PATH}/config.json`)
      return sendJson(response, 200, { ...this.settings, now: Date.now() });
    const name = consoleFile(path, this.files);
    const file = name === undefined ? undefined : this.files.get(name);
    if (name === undefined || !file) return sendJson(response, 404, { error: 'not_found' });
    send(request, response, name, file);
  }
}

async function load(path: string): Promise<LoadedFile> {
  const plain = await readFile(path);
  const packed = await compress(plain, { level: 9 });
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, tag, ...(packed.length < plain.length * 0.9 ? { packed } : {}) };
}

function send(request: IncomingMessage, response: ServerResponse, name: string, file: LoadedFile): void {
  const headers = { 'cache-control': cacheRuleOf(name), etag: file.tag, vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === file.tag) return void response.writeHead(304, headers).end();
  const takesPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const body = takesPacked && file.packed ? file.packed : file.plain;
  response.writeHead(200, {
    ...headers,
    'content-type': mediaTypeOf(name),
    'content-length': body.length,
    ...(body === file.plain ? {} : { 'content-encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
