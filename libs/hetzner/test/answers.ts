/** Answers of Hetzner's API, with just the fields that the client reads. */
export const action = {
  id: 5,
  command: 'create_server',
  status: 'running',
  progress: 0,
  started: '2026-11-02T08:00:00Z',
  finished: null,
  error: null,
};

export const server = {
  id: 42,
  name: 'cr-a-1',
  status: 'initializing',
  created: '2026-11-02T08:00:00Z',
  labels: {},
  locked: false,
  server_type: { name: 'cx23' },
  location: { name: 'fsn1' },
  image: { name: 'debian-12' },
  public_net: { ipv4: { id: 9, ip: '127.64.0.1' }, ipv6: null, firewalls: [{ id: 8, status: 'pending' }] },
};

export const ip = (id: number): object => ({
  id,
  name: `ip-${id}`,
  type: 'ipv4',
  ip: '127.64.0.1',
  location: { name: 'fsn1' },
  labels: {},
  created: '2026-11-02T08:00:00Z',
  assignee_id: null,
  auto_delete: false,
  protection: { delete: false },
});
