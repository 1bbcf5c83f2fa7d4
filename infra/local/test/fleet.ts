import type { AskGraphql } from '../src/graphql-client.js';

/** What the fleet page asks of each runner, from all five services. */
export interface RunnerFacts {
  id: string;
  name: string;
  state: string;
  stateReason: string | null;
  pool: { id: string };
  machine: {
    id: string;
    generation: number;
    serverId: string | null;
    serverType: string;
    location: string;
    paidUntil: string | null;
  } | null;
  staticIp: { address: string; location: string; status: string } | null;
  identity: { issuer: string; subject: string } | null;
  firewall: { protected: boolean; policies: { name: string }[] } | null;
  currentJob: { gitlabJobId: string } | null;
  costToDate: { amount: string; currency: string } | null;
}

const FLEET = `query Fleet {
  runners(first: 100) {
    nodes {
      id name state stateReason
      pool { id }
      machine { id generation serverId serverType location paidUntil }
      staticIp { address location status }
      identity { issuer subject }
      firewall { protected policies { name } }
      currentJob { gitlabJobId }
      costToDate { amount currency }
    }
  }
}`;

/** All runners of the organisation, joined over the gateway. */
export const readFleet = async (ask: AskGraphql): Promise<RunnerFacts[]> =>
  (await ask<{ runners: { nodes: RunnerFacts[] } }>(FLEET)).runners.nodes;
