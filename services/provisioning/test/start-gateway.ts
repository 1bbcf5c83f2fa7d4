import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ready: RequestListener = (_, response) =>
  void response.end(
    JSON.stringify({ status: 'ready', services: { identity: true, provisioning: true, billing: false } }),
  );

/** What stands at the public origin, as far as provisioning looks at it. */
export interface StandInGateway {
  readonly url: string;
  /** Answers whoever looks whether the gateway is ready. */
  answer: RequestListener;
  stop(): void;
}

/** A gateway that is ready, until a spec has it answer otherwise. */
export async function startGateway(): Promise<StandInGateway> {
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') return gateway.answer(request, response);
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const gateway: StandInGateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: ready,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return gateway;
}
