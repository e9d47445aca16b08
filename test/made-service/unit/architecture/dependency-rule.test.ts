import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkPackages, packageFolder } from '../../support/linked-packages.ts';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';

interface Report {
  summary: {
    totalCruised: number;
    violations: { from: string; rule: { name: string } }[];
  };
}

const program = path.join(packageFolder('dependency-cruiser'), 'bin/dependency-cruise.mjs');

function cruise(folder: string) {
  const args = [program, 'src', '--output-type', 'json'];
  const env = programEnvironment({});
  const options = { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 } as const;
  const { stdout, stderr } = spawnSync(process.execPath, args, options);
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Report;
  return {
    totalCruised: summary.totalCruised,
    violations: summary.violations.map(({ from, rule }) => `${from} breaks ${rule.name}`),
  };
}

it('the service keeps the dependency rule', () => {
  const { totalCruised, violations } = cruise(serviceFolder);

  expect(violations).toEqual([]);
  expect(totalCruised).toBeGreaterThan(20);
});

describe('a planted violation', () => {
  const planted = [
    ['src/domain/planted-layer.ts', '../services/repository-service.ts', 'domain-imports-nothing'],
    ['src/domain/planted-library.ts', 'typebox', 'domain-imports-nothing'],
    ['src/domain/planted-runtime.ts', 'node:fs', 'domain-imports-nothing'],
    ['src/services/planted.ts', '../infrastructure/planted.ts', 'services-import-domain'],
    ['src/infrastructure/planted.ts', '../api/planted-root.ts', 'infrastructure-imports-domain'],
    ['src/planted-cycle.ts', './planted-cycle.ts', 'no-circular'],
    ['src/api/planted.ts', '../infrastructure/planted.ts', 'api-imports-services-and-domain'],
    ['src/http/planted.ts', '../infrastructure/planted.ts', 'http-imports-api-services-and-domain'],
    ['src/api/planted-http.ts', '../http/planted.ts', 'http-stays-in-composition-root'],
    ['src/management/planted.ts', '../http/planted.ts', 'http-stays-in-composition-root'],
    ['src/api/planted-prisma.ts', '@prisma/client', 'prisma-stays-in-infrastructure'],
    ['src/api/planted-container.ts', 'awilix', 'container-stays-in-composition-root'],
    ['src/api/planted-root.ts', '../config.ts', 'container-stays-in-composition-root'],
    ['src/http/planted-root.ts', '../config.ts', 'container-stays-in-composition-root'],
    ['src/infrastructure/planted-web.ts', 'fastify', 'fastify-stays-outside'],
    ['src/planted.ts', 'vitest', 'no-dev-dependencies'],
    ['src/planted-unknown.ts', './nowhere.ts', 'not-unresolvable'],
  ] as const;
  let folder: string;
  let violations: string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dependency-rule-'));
    for (const name of ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
      await cp(path.join(serviceFolder, name), path.join(folder, name), { recursive: true });
    }
    await linkPackages(folder);
    for (const [file, target] of planted) {
      await writeFile(path.join(folder, file), `import '${target}';\n`);
    }
    ({ violations } = cruise(folder));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(planted)('in %s that imports %s breaks the rule %s', (file, _target, rule) => {
    expect(violations).toContain(`${file} breaks ${rule}`);
  });
});
