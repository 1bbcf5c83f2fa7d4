import { newId, RunningService } from './running-service.js';

interface Connection {
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let service: RunningService;
let made = 0;

beforeAll(async () => {
  service = await RunningService.start();
  for (let i = 0; i < 5; i++) {
    await addJob();
    await addSchedule();
  }
});
afterAll(() => service.stop());

const addJob = () =>
  service.db.asAdmin(
    `INSERT INTO job (id, organization_id, version, connection_id, project_id, project_path, gitlab_job_id, name, status, tags,
       queued_at, vanished)
     VALUES ($1, $2, 1, $3, 1, 'acme/web', $4, 'build', 'QUEUED', '{}', now(), false)`,
    [newId('job'), service.organizationId, service.connectionId, ++made],
  );
const addSchedule = () =>
  service.ask(
    `mutation($name: String!) { createSchedule(input: { name: $name, timeZone: "UTC", windows: [] }) { schedule { id } } }`,
    { name: `Hours ${++made}` },
  );

const FIELDS = 'nodes { id } totalCount pageInfo { hasNextPage endCursor }';
const lists: [what: string, field: string, add: () => Promise<unknown>][] = [
  ['jobs, newest first', 'jobs(first: $first, after: $after)', addJob],
  ['queued jobs', 'jobs(first: $first, after: $after, statuses: [QUEUED])', addJob],
  ['schedules, oldest first', 'schedules(first: $first, after: $after)', addSchedule],
];
const ask = (field: string, variables: object) =>
  service.ask(`query($first: Int!, $after: Cursor) { list: ${field} { ${FIELDS} } }`, variables);
const page = async (field: string, first: number, after?: string | null): Promise<Connection> => {
  const { data, errors } = await ask(field, { first, after });
  expect(errors).toBeUndefined();
  return (data as unknown as { list: Connection }).list;
};

it('leaves a job whose GitLab is not known without a page there', async () => {
  const { data } = await service.ask('{ jobs(first: 2) { nodes { url } } }');
  expect(data).toEqual({ jobs: { nodes: [{ url: null }, { url: null }] } });
});

describe.each(lists)('the list of %s', (_, field, add) => {
  it('is walked without gap or double while more are made', async () => {
    const before = (await page(field, 100)).nodes.map(({ id }) => id);
    expect(before.length).toBeGreaterThanOrEqual(5);
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { nodes, pageInfo } = await page(field, 2, after);
      seen.push(...nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
      if (seen.length < before.length) await add();
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
    expect((await page(field, 1)).totalCount).toBeGreaterThan(before.length);
  });

  it.each([0, -1, 101])('refuses to give %i at a time', async (first) => {
    expect((await ask(field, { first })).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each(['zzz', 'eA', '%', ''])('refuses "%s" as a place to go on from', async (after) => {
    expect((await ask(field, { first: 2, after })).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
