import { describe, expect, it } from 'vitest';
import { parseYaml, renderedText } from '../../support/rendered.ts';

type Labels = Readonly<Record<string, string>>;

interface Template {
  readonly metadata: { readonly labels: Labels };
  readonly spec: Pod;
}

interface Pod {
  readonly terminationGracePeriodSeconds?: number;
  readonly restartPolicy?: string;
  readonly securityContext: unknown;
  readonly containers: readonly [Container];
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: unknown;
  readonly env: readonly Variable[];
  readonly securityContext: unknown;
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: string[] } } };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly generateName?: string };
  readonly spec: unknown;
}

interface Deployment {
  readonly selector: { readonly matchLabels: Labels };
  readonly template: Template;
}

// An odd name, so that a place which takes it as it is stands out.
const files = renderedText({ name: '7up.x_y', features: ['kubernetes'], port: 8080 });
const NAME = 'service-7up-x-y';
const manifests = [...files]
  .filter(([path]) => path.startsWith('kubernetes/'))
  .map(([path, text]) => [path, parseYaml(text) as Manifest] as const);

function spec(kind: string): unknown {
  const found = manifests.find(([, manifest]) => manifest.kind === kind);
  if (found === undefined) throw new Error(`There is no ${kind}`);
  return found[1].spec;
}

const deployment = spec('Deployment') as Deployment;
const job = spec('Job') as { readonly backoffLimit: number; readonly template: Template };
const api = deployment.template;

describe('the manifests of Kubernetes', () => {
  it('are these, all named after the service', () => {
    expect(
      manifests.map(([path, { kind, metadata }]) => [
        path,
        kind,
        metadata.name ?? metadata.generateName,
      ]),
    ).toEqual([
      ['kubernetes/deployment.yaml', 'Deployment', NAME],
      ['kubernetes/horizontal-pod-autoscaler.yaml', 'HorizontalPodAutoscaler', NAME],
      ['kubernetes/migration/job.yaml', 'Job', `${NAME}-migrate-`],
      ['kubernetes/pod-disruption-budget.yaml', 'PodDisruptionBudget', NAME],
      ['kubernetes/service.yaml', 'Service', NAME],
    ]);
  });

  it('select the pods of the service, and not those of the migration', () => {
    const labels = api.metadata.labels;
    const budget = spec('PodDisruptionBudget') as Deployment;
    const service = spec('Service') as { readonly selector: Labels };
    expect([
      deployment.selector.matchLabels,
      budget.selector.matchLabels,
      service.selector,
    ]).toEqual([labels, labels, labels]);
    expect(job.template.metadata.labels).toEqual({
      ...labels,
      'app.kubernetes.io/component': 'migration',
    });
    for (const value of Object.values(labels))
      expect(value).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it('agree on the port', () => {
    const [container] = api.spec.containers;
    expect(container.ports).toEqual([{ name: 'http', containerPort: 8080 }]);
    expect(container.env).toContainEqual({ name: 'PORT', value: '8080' });
    expect(spec('Service')).toMatchObject({ ports: [{ port: 80, targetPort: 'http' }] });
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet)).toEqual([
      { path: '/health/live', port: 'http' },
      { path: '/health/live', port: 'http' },
      { path: '/health/ready', port: 'http' },
    ]);
  });

  it('take secrets from one secret, into variables that the service reads', () => {
    const config = files.get('src/config.ts') ?? '';
    const variables = [api, job.template].map(({ spec: { containers } }) => containers[0].env);
    expect(
      variables.map((env) =>
        env.flatMap(({ name, valueFrom }) =>
          valueFrom ? [[name, valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key]] : [],
        ),
      ),
    ).toEqual([
      [
        ['DATABASE_URL', NAME, 'database-url'],
        ['SERVICE_CONTEXT_TOKEN', NAME, 'service-context-token'],
      ],
      [
        ['DATABASE_URL', NAME, 'database-url'],
        ['DIRECT_DATABASE_URL', NAME, 'direct-database-url'],
      ],
    ]);
    for (const { name } of variables.flat()) expect(config).toContain(`  ${name}: Type.`);
  });

  it('leave the number of pods to the autoscaler, never less than two', () => {
    expect(deployment).not.toHaveProperty('replicas');
    expect(spec('HorizontalPodAutoscaler')).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
      minReplicas: 2,
    });
    expect(spec('PodDisruptionBudget')).toMatchObject({ maxUnavailable: 1 });
  });

  it('give a pod longer to end than the service takes', () => {
    const [, timeout = ''] =
      /SHUTDOWN_TIMEOUT_MS: [^]*?default: ([\d_]+)/.exec(files.get('src/config.ts') ?? '') ?? [];
    const [, pause] = api.spec.containers[0].lifecycle?.preStop.exec.command ?? [];
    expect(api.spec.terminationGracePeriodSeconds).toBeGreaterThan(
      Number(pause) + Number(timeout.replaceAll('_', '')) / 1000,
    );
  });

  it('migrate once, in a window, from the image that can', () => {
    const [{ image, command }] = job.template.spec.containers;
    expect([job.backoffLimit, job.template.spec.restartPolicy, image, command]).toEqual([
      0,
      'Never',
      `${api.spec.containers[0].image}-migrate`,
      ['node', 'dist/management.js', 'migrate-in-window'],
    ]);
  });

  it('give neither pod more rights than it needs', () => {
    for (const { spec: pod } of [api, job.template]) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      expect(pod.containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });
});
