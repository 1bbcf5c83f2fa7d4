import { stringify } from 'yaml';

/** The least user data that starts an agent; what a real one holds is the business of @cleanroom/machine. */
export const userDataFor = (origin: string, ticket = 'crt_ticket'): string => {
  const content = JSON.stringify({ origin, machineId: 'mch_1', generation: 3, ticket });
  const write_files = [{ path: '/etc/cleanroom/machine.json', permissions: '0600', content }];
  return `#cloud-config\n${stringify({ write_files })}`;
};
