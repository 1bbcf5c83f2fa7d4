import { TOKEN, type SimulatedHetzner } from './simulated-hetzner.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

/** Asks the simulated API without a client between. */
export async function rawCall(
  { simulator }: SimulatedHetzner,
  method: string,
  path: string,
  body?: object,
): Promise<RawAnswer> {
  const response = await fetch(path.startsWith('http') ? path : `${simulator.endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
