import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { workspaceRoot } from '../src/config.js';
import { installationKeys } from '../src/installation-keys.js';
import { serviceNames } from '../src/service-names.js';
import { secretFiles } from '../src/secrets/secret-files.js';
import { writeSecrets } from '../src/secrets/write-secrets.js';
import { describeWithTool, runTool, validateForKubernetes } from './deployment-tools.js';

interface PodSpec {
  automountServiceAccountToken: boolean;
  securityContext: object;
  containers: [
    { image: string; securityContext: object; envFrom?: { configMapRef: { name: string } }[] } & Record<
      string,
      unknown
    >,
  ];
  volumes: [{ secret: { secretName: string } }];
}

interface Resource {
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  spec: { template?: { metadata: { labels: Record<string, string> }; spec: PodSpec } } & Record<
    string,
    unknown
  >;
}

const programs = [...serviceNames, 'gateway'];

describeWithTool('kustomize', 'the manifests for Kubernetes', () => {
  let folder: string;
  let secrets: Map<string, string>;
  let production: Resource[];
  let migrations: Resource[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-kubernetes-'));
    const ours = (path: string) => !path.endsWith('/files');
    cpSync(join(workspaceRoot, 'infra/k8s'), folder, { recursive: true, filter: ours });
    secrets = secretFiles(await installationKeys(), { postgres: 'db:5432', bus: 'kafka://kafka:9092' });
    writeSecrets(join(folder, 'overlays/production/foundation/files'), secrets);
    production = await build('overlays/production');
    migrations = await build('overlays/production/migrations');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const build = async (path: string): Promise<Resource[]> => {
    const text = await runTool('kustomize', ['build', path], folder);
    writeFileSync(join(folder, `${path.replaceAll('/', '-')}.yaml`), text);
    return parseAllDocuments(text).map((document) => document.toJS() as Resource);
  };
  const named = (resources: Resource[], kind: string, name: string): Resource => {
    const found = resources.find(
      (resource) =>
        resource.kind === kind && new RegExp(`^${name}(-[a-z0-9]{10})?$`).test(resource.metadata.name),
    );
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  };
  const podOf = (resource: Resource): PodSpec => {
    if (!resource.spec.template) throw new Error(`${resource.metadata.name} makes no pods`);
    return resource.spec.template.spec;
  };
  const makers = () => [...production, ...migrations].filter(({ spec }) => spec?.template);

  it.each(['overlays-production', 'overlays-production-migrations'])(
    'are what the schemas of Kubernetes know, and nothing besides: %s',
    async (name) => {
      const said = await validateForKubernetes(join(folder, `${name}.yaml`));
      expect(said).toMatch(/passed for resource/);
      expect(said).not.toMatch(/ERROR|WARNING/);
    },
  );

  it.each(programs)('run %s twice or more, never none during a disruption, on its own secrets', (name) => {
    expect(podOf(named(production, 'Deployment', name)).volumes[0].secret.secretName).toBe(
      named(production, 'Secret', name).metadata.name,
    );
    expect(named(production, 'HorizontalPodAutoscaler', name).spec).toMatchObject({ minReplicas: 2 });
    expect(named(production, 'PodDisruptionBudget', name).spec).toMatchObject({ minAvailable: 1 });
    named(production, 'Service', name);
  });

  it.each(serviceNames)('run more of %s while its events wait', (name) => {
    expect(named(production, 'HorizontalPodAutoscaler', name).spec.metrics).toMatchObject([
      {
        external: {
          metric: { name: 'cleanroom_consumer_lag', selector: { matchLabels: { service: name } } },
        },
      },
    ]);
  });

  it('hand each service every secret that is made for it', () => {
    for (const [path, content] of secrets) {
      const [owner = '', name = ''] = path.split('/');
      if (owner === 'postgres' || owner === 'grafana') continue;
      const data = named(production, 'Secret', owner).data ?? {};
      expect(Buffer.from(data[name] ?? '', 'base64').toString()).toBe(content);
    }
  });

  it('let no pod be root, gain a right, write to its root or speak to the cluster', () => {
    expect(makers()).toHaveLength(programs.length + serviceNames.length);
    for (const pod of makers().map(podOf)) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(pod.containers).toHaveLength(1);
      expect(pod.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('ask each program whether it lives, and whether it serves: one whose bus is away does', () => {
    for (const name of programs)
      expect(podOf(named(production, 'Deployment', name)).containers[0]).toMatchObject({
        livenessProbe: { httpGet: { path: '/health/live' } },
        readinessProbe: { httpGet: { path: '/health/serving' } },
      });
  });

  it("hand the gateway its operator's manifests, where there are any", () => {
    const pod = podOf(named(production, 'Deployment', 'gateway'));
    expect(pod.volumes).toContainEqual({
      name: 'operations',
      configMap: { name: 'operations', optional: true },
    });
    expect(pod.containers[0]).toMatchObject({
      env: expect.arrayContaining([{ name: 'CLEANROOM_PERSISTED_OPERATIONS', value: '/operations' }]),
      volumeMounts: expect.arrayContaining([
        { name: 'operations', mountPath: '/operations', readOnly: true },
      ]),
    });
  });

  it('run the migrations with the images that run afterwards, under the owners of the databases', () => {
    for (const name of serviceNames) {
      const job = podOf(named(migrations, 'Job', `migrate-${name}`));
      expect(job.containers[0].image).toBe(podOf(named(production, 'Deployment', name)).containers[0].image);
      expect(job.volumes[0].secret.secretName).toBe(
        named(migrations, 'Secret', `${name}-migration`).metadata.name,
      );
    }
  });

  it('close the network to everybody, and open it by what a pod is', () => {
    expect(named(production, 'NetworkPolicy', 'nothing').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const components = makers().map(
      ({ spec }) => spec.template?.metadata.labels['app.kubernetes.io/component'],
    );
    expect(new Set(components)).toEqual(new Set(['backend', 'gateway', 'migration']));
    for (const [policy, resources] of [
      ['backend', production],
      ['gateway', production],
      ['migration', migrations],
    ] as const)
      expect(named(resources, 'NetworkPolicy', policy).spec).toMatchObject({
        podSelector: { matchLabels: { 'app.kubernetes.io/component': policy } },
      });
    const ingress = { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } };
    expect(named(production, 'NetworkPolicy', 'provisioning-to-origin').spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'provisioning' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ namespaceSelector: ingress }], ports: [{ port: 443 }] }],
    });
  });
});
