import type { GatewayFigures } from './measure-joined-query.js';

export interface GatewayRow {
  /** Who answered the gateways. */
  readonly services: string;
  /** Runners on the page. */
  readonly first: number;
  readonly figures: readonly GatewayFigures[];
}

const GOAL = 2;

/** Ours and Apollo's gateway next to each other, in Markdown. */
export const gatewayReport = (rows: readonly GatewayRow[], load: string): string =>
  [
    '# A joined query through the gateway',
    '',
    'A page of the fleet, whose fields come from five services, over HTTP with 16 connections that each wait for their answer.',
    'Cleanroom checks the token, measures the query against its limits, signs each call to a service and sends its traces to a',
    'collector. Apollo Gateway with Apollo Server, on the same supergraph, does none of that but the signature, which services ask',
    'for. Both run with the same settings of Node on the same one core, in turns of 600 calls (100 where the services answer), and must give the same answer.',
    'Made by `npm run bench:gateway`.',
    load,
    '',
    '| services answer | runners | gateway | requests/s of one core | requests/s | p50 ms | p99 ms |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.flatMap(linesOf),
    '',
    '| services answer | runners | ratio of one core | ratio of requests/s | goal: at least 2 |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(ratioOf),
    '',
    '- _From memory_: one process answers for all services what they themselves answered to the same request before. Otherwise the',
    '  services, with their databases on the same two cores, would be what is measured, as the last rows show.',
    '- _Of one core_: requests by seconds of the gateway’s own processor time, so that it means the same on a busy machine.',
    '',
  ].join('\n');

const linesOf = ({ services, first, figures }: GatewayRow): string[] =>
  figures.map(
    ({ name, perCpuSecond, perSecond, p50, p99 }) =>
      `| ${services} | ${first} | ${name} | ${perCpuSecond.toFixed(0)} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`,
  );

function ratioOf({ services, first, figures: [ours, apollo] }: GatewayRow): string {
  const [ofCore, ofTime] = [
    (ours?.perCpuSecond ?? 0) / (apollo?.perCpuSecond ?? 1),
    (ours?.perSecond ?? 0) / (apollo?.perSecond ?? 1),
  ];
  const met = ofCore >= GOAL && ofTime >= GOAL ? 'met' : 'missed';
  return `| ${services} | ${first} | ${ofCore.toFixed(2)} | ${ofTime.toFixed(2)} | ${met} |`;
}
