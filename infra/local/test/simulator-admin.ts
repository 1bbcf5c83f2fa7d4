/** A call that a simulator is to spoil; see the simulators' READMEs. */
export interface Fault {
  operation: string;
  mode: 'fail' | 'lose_answer' | 'delay' | 'truncate' | 'reset' | 'double' | 'reorder';
  status?: number;
  code?: string;
  /** Another body than the provider's own: `raw` is a page of HTML, as of a proxy. */
  body?: 'raw' | 'null_message';
  /** Virtual seconds. */
  retryAfter?: number;
  /** Real milliseconds. */
  ms?: number;
  rate?: number;
  times?: number;
  seed?: number;
}

/** The controls that both simulators share. */
export const simulatorAdmin = (url: string) => ({
  call: <T>(method: string, path: string, body?: object): Promise<T> => call<T>(url, method, path, body),
  injectFault: (fault: Fault) => call<{ number: number }>(url, 'POST', 'faults', fault),
  removeFaults: () => call<void>(url, 'DELETE', 'faults'),
});

async function call<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(`${url}/_sim/${path}`, { method, ...sent });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /_sim/${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
