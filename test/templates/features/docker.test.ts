import { describe, expect, it } from 'vitest';
import { parseYaml, renderedText } from '../../support/rendered.ts';

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

interface Service {
  readonly build?: unknown;
  readonly environment: Readonly<Record<string, string>>;
  readonly depends_on?: unknown;
  readonly ports?: unknown;
}

// test/e2e/containers.test.ts builds the image and runs it.
describe('the compose file', () => {
  const files = renderedText({ name: '7up.x_y', features: ['docker'], port: 8080 });
  const { services } = parseYaml(files.get('compose.yaml')) as Compose;

  it('migrates before it serves, from the targets of the Dockerfile', () => {
    expect(
      Object.entries(services).map(([name, { build, depends_on: after }]) => [name, build, after]),
    ).toEqual([
      ['postgres', undefined, undefined],
      [
        'migrate',
        { context: '.', target: 'migrate' },
        { postgres: { condition: 'service_healthy' } },
      ],
      [
        'service',
        { context: '.', target: 'service' },
        { migrate: { condition: 'service_completed_successfully' } },
      ],
    ]);
    for (const target of ['migrate', 'service']) {
      expect(files.get('Dockerfile')).toMatch(new RegExp(`^FROM \\w+ AS ${target}$`, 'm'));
    }
  });

  it('uses one database, and publishes on this machine only', () => {
    const { postgres, migrate, service } = services;
    expect(service?.environment).toEqual(migrate?.environment);
    expect(service?.environment.DATABASE_URL).toBe(
      `postgresql://postgres:postgres@postgres:5432/${postgres?.environment.POSTGRES_DB ?? ''}`,
    );
    expect(service?.ports).toEqual(['127.0.0.1:8080:8080']);
    expect(postgres).not.toHaveProperty('ports');
    expect(files.get('Dockerfile')).toContain('\nEXPOSE 8080\n');
  });
});
