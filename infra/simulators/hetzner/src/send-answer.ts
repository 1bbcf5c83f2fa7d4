import type { Fault } from '@cleanroom/simulator-journal';
import type { FastifyReply } from 'fastify';
import type { ApiError } from './api-error.js';
import { rawAnswer } from './fault-answer.js';
import type { Answer } from './route.js';

/** How a call ended, before anything was sent. */
export interface Outgoing {
  /** Null where the call was cut off before it was carried out. */
  readonly status: number | null;
  readonly answer?: Answer;
  readonly error?: ApiError;
}

/** Sends an answer, or as much of it as the fault that struck the call lets through. */
export function sendAnswer(
  reply: FastifyReply,
  { status, answer, error }: Outgoing,
  headers: Record<string, string>,
  { mode: fault, body: form }: Partial<Fault> = {},
): FastifyReply {
  const { socket } = reply.request.raw;
  if (fault === 'reset' || fault === 'lose_answer' || status === null) {
    reply.hijack();
    if (fault === 'reset') socket.resetAndDestroy();
    else socket.destroy();
    return reply;
  }
  const body = error?.body() ?? answer?.body;
  const text = body === undefined ? '' : JSON.stringify(body);
  if (fault === 'truncate') {
    reply.hijack();
    const length = Buffer.byteLength(text) + 1;
    reply.raw.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': length });
    reply.raw.write(text.slice(0, text.length / 2), () => socket.destroy());
    return reply;
  }
  void reply.code(status).headers(headers);
  if (fault === 'fail' && form === 'raw') return reply.type('text/html').send(rawAnswer(status));
  return text === '' ? reply.send() : reply.type('application/json').send(text);
}
