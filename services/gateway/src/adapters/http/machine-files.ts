import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sendJson } from './send-json.js';

/**
 * What machines install, from a folder that the operator fills; each file bears its SHA-256 as its name. Nobody has to
 * prove anything: who knows the hash knows the file, and machines check it.
 */
export class MachineFiles {
  /** @param folder none: there are no files */
  constructor(private readonly folder: string | undefined) {}

  async answer(request: IncomingMessage, response: ServerResponse, sha256: string): Promise<void> {
    if (request.method !== 'GET')
      return sendJson(response, 405, { error: 'method_not_allowed' }, { allow: 'GET' });
    const path = this.folder && join(this.folder, sha256);
    const file = path ? await stat(path).catch(() => undefined) : undefined;
    if (!path || !file?.isFile()) return sendJson(response, 404, { error: 'not_found' });
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': file.size,
      'cache-control': 'public, max-age=31536000, immutable',
    });
    // Who leaves in the middle comes again.
    await pipeline(createReadStream(path), response).catch(() => response.destroy());
  }
}
