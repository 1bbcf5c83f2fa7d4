import { createHash } from 'node:crypto';
import { get as getOverHttp, type IncomingMessage } from 'node:http';
import { get as getOverTls } from 'node:https';
import { TLSSocket } from 'node:tls';
import { z } from 'zod';

/** Where machines reach us, and whom they believe that it is us. */
export interface Origin {
  /** Such as `https://cleanroom.example`. */
  readonly url: string;
  /** As machines are told it, `sha256//…`, several with `;` between them; undefined where none is. */
  readonly pin: string | undefined;
}

/** Others answer 200 as well: a page that says that all is being mended, a proxy that knows the path of something else. */
const ready = z.object({
  status: z.literal('ready'),
  services: z.object({ identity: z.literal(true), provisioning: z.literal(true) }),
});
/** So little that a stranger's answer does no harm, and so much that ours fits. */
const MOST_BYTES = 10_000;

/**
 * Whether our gateway stands at an origin, and reaches identity and provisioning: without the one it cannot tell who calls,
 * without the other it cannot pass a report on. Comes as a machine does: by IPv4, on a new connection, believing no other key.
 *
 * @param withinMs real milliseconds until an answer counts as none
 */
export async function reachesGateway({ url, pin }: Origin, withinMs: number): Promise<boolean> {
  try {
    const answer = await ask(`${url}/health/ready`, withinMs);
    if (answer.statusCode === 200 && hasPinnedKey(answer, pin))
      return ready.safeParse(JSON.parse(await textOf(answer))).success;
    answer.destroy();
    return false;
  } catch {
    return false;
  }
}

const ask = (url: string, withinMs: number): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? getOverTls : getOverHttp;
    const signal = AbortSignal.timeout(withinMs);
    get(url, { agent: false, family: 4, signal }, resolve)
      .on('error', reject)
      // Who changes the protocol gets no answer and no error.
      .on('close', () => reject(new Error('closed without an answer')));
  });

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of answer.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    // Leaving the loop closes the connection.
    if (text.length > MOST_BYTES) throw new Error('a longer answer than ours');
  }
  return text;
}

/** As curl pins keys for machines: https://curl.se/libcurl/c/CURLOPT_PINNEDPUBLICKEY.html */
function hasPinnedKey({ socket }: IncomingMessage, pin: string | undefined): boolean {
  if (pin === undefined || !(socket instanceof TLSSocket)) return true;
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
  if (!key) return false;
  return pin.split(';').includes(`sha256//${createHash('sha256').update(key).digest('base64')}`);
}
