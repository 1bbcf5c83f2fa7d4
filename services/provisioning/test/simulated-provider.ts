/** One of the simulators: what a customer could see and do there, and the controls of the simulation. */
export class SimulatedProvider {
  constructor(
    readonly url: string,
    private readonly apiPath: string,
    private readonly token: string,
  ) {}

  /** Calls the API with the customer's token. */
  call<T>(method: string, path: string, body?: object): Promise<T> {
    return request<T>(`${this.url}${this.apiPath}${path}`, method, body, {
      authorization: `Bearer ${this.token}`,
    });
  }

  /** Steers the simulation. */
  steer<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    return request<T>(`${this.url}/_sim/${path}`, method, body);
  }

  ledger<T>(): Promise<T> {
    return this.steer<T>('GET', 'report');
  }
}

async function request<T>(
  url: string,
  method: string,
  body: object | undefined,
  headers: Record<string, string> = {},
): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
