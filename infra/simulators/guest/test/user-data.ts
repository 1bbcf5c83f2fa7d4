import { stringify } from 'yaml';

/** The least user data that starts an agent; what a real one holds is the business of @cleanroom/machine. */
export const userDataFor = (origin: string, ticket = 'crt_ticket'): string => {
  const content = [
    `CLEANROOM_ORIGIN=${origin}`,
    'CLEANROOM_MACHINE=mch_1',
    'CLEANROOM_GENERATION=3',
    `CLEANROOM_TICKET=${ticket}`,
    'CLEANROOM_ORIGIN_PIN=',
    '',
  ].join('\n');
  const write_files = [{ path: '/etc/cleanroom/agent.env', permissions: '0600', content }];
  return `#cloud-config\n${stringify({ write_files })}`;
};
