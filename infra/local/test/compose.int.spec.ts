import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { serviceNames } from '../src/service-names.js';
import { composeProject, type ComposeProject } from './compose-project.js';
import { describeWithTool } from './deployment-tools.js';

const programs = [...serviceNames, 'gateway'];
const migrations = serviceNames.map((name) => `migrate-${name}`);

describeWithTool('compose', 'docker-compose.yml', () => {
  let project: ComposeProject;
  beforeAll(async () => {
    project = await composeProject();
  });
  afterAll(() => project.remove());

  const service = (name: string) => {
    const found = project.model.services[name];
    if (!found) throw new Error(`there is no service ${name}`);
    return found;
  };
  const networksOf = (name: string) => Object.keys(service(name).networks).sort();

  it('has every program of ours, stores and telemetry', () => {
    const others = ['postgres', 'kafka', 'collector', 'prometheus', 'grafana'];
    expect(Object.keys(project.model.services).sort()).toEqual(
      [...programs, ...migrations, ...others].sort(),
    );
  });

  it('hands on each secret that is made, and asks for none that is not', () => {
    const asked = Object.values(project.model.secrets).map(({ file }) =>
      relative(`${project.folder}/infra/compose/secrets`, file),
    );
    expect(asked.sort()).toEqual([...project.secrets.keys()].sort());
  });

  it('reads configuration that is there', () => {
    for (const { file } of Object.values(project.model.configs))
      expect(readFileSync(file, 'utf8')).not.toBe('');
  });

  it.each([...programs, ...migrations])('gives %s nothing but its own secrets, under their names', (name) => {
    const own = name.startsWith('migrate-') ? `${name.slice('migrate-'.length)}-migration` : name;
    const given = (service(name).secrets ?? []).map(({ source, target }) => [
      target,
      relative(`${project.folder}/infra/compose/secrets`, project.model.secrets[source]?.file ?? ''),
    ]);
    const made = [...project.secrets.keys()].filter((path) => path.startsWith(`${own}/`));
    expect(given.sort()).toEqual(made.map((path) => [path.split('/')[1], path]).sort());
  });

  it.each([...programs, ...migrations, 'prometheus', 'grafana', 'collector'])(
    'lets %s write nowhere and become nobody else',
    (name) => {
      expect(service(name)).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    },
  );

  it('lets the gateway read what its operator lays into two folders, and no program more', () => {
    const bound = programs.flatMap((name) =>
      (service(name).volumes ?? []).map(({ type, source, target, read_only }) => [
        name,
        type,
        relative(`${project.folder}/infra/compose`, source),
        target,
        read_only,
      ]),
    );
    expect(bound).toEqual([
      ['gateway', 'bind', 'operations', '/operations', true],
      ['gateway', 'bind', 'machine-files', '/machine-files', true],
    ]);
    expect(service('gateway').environment).toMatchObject({
      CLEANROOM_PERSISTED_OPERATIONS: '/operations',
      CLEANROOM_MACHINE_FILES: '/machine-files',
    });
  });

  it('starts a service after its migration and Kafka, and the gateway after all services', () => {
    for (const name of serviceNames)
      expect(service(name).depends_on).toMatchObject({
        [`migrate-${name}`]: { condition: 'service_completed_successfully' },
        kafka: { condition: 'service_healthy' },
      });
    for (const name of migrations)
      expect(service(name).depends_on).toMatchObject({ postgres: { condition: 'service_healthy' } });
    expect(Object.keys(service('gateway').depends_on ?? {}).sort()).toEqual([...serviceNames].sort());
  });

  it.each(['postgres', 'kafka', 'prometheus', 'grafana'])('asks %s whether it is well', (name) => {
    expect(service(name).healthcheck?.test?.[0]).toBe('CMD');
  });

  it('lets PostgreSQL take what eight processes of each service hold, and some more', () => {
    const most = /max_connections=(\d+)/.exec(service('postgres').command?.join(' ') ?? '')?.[1];
    expect(Number(most)).toBeGreaterThan(serviceNames.length * 8 * 8);
  });

  it('lets nobody but the services reach the stores, and these the world only outwards', () => {
    const inStores = Object.keys(project.model.services).filter((name) =>
      networksOf(name).includes('stores'),
    );
    expect(inStores.sort()).toEqual([...serviceNames, ...migrations, 'postgres', 'kafka'].sort());
    expect(project.model.networks).toMatchObject({ stores: { internal: true }, inner: { internal: true } });
    expect(networksOf('postgres')).toEqual(['stores']);
    expect(networksOf('kafka')).toEqual(['stores']);
    expect(networksOf('gateway')).toEqual(['front', 'inner']);
  });

  it('publishes gateway and Grafana to this machine only, and nothing else', () => {
    const published = Object.entries(project.model.services).flatMap(([name, { ports = [] }]) =>
      ports.map(({ host_ip, published: port }) => [name, host_ip, port]),
    );
    expect(published).toEqual([
      ['gateway', '127.0.0.1', '4000'],
      ['grafana', '127.0.0.1', '3000'],
    ]);
  });
});
