import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import vitestConfig from '../../vitest.config.ts';
import { parseYaml, renderedText, unknownScripts } from '../support/rendered.ts';

interface Job {
  readonly strategy?: { readonly matrix: { readonly os: string[]; readonly node?: number[] } };
  readonly 'timeout-minutes': number;
  readonly steps: readonly { readonly run?: string }[];
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<'lint' | 'unit' | 'service', Job>>;
}

const SYSTEMS = ['ubuntu', 'macos', 'windows'];
const PATH = '.github/workflows/ci.yml';
const text = readFileSync(join(packageRoot, PATH), 'utf8');
const manifest = readFileSync(join(packageRoot, 'package.json'), 'utf8');
const { permissions, jobs } = parseYaml(text) as Workflow;

const systemsOf = (job: Job) => job.strategy?.matrix.os.map((os) => os.replace(/-.*/, ''));
const commandsOf = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);
const usesIn = (workflow: string) => workflow.match(/uses: .*/g) ?? [];

describe('the CI workflow', () => {
  it('bounds the time of each job', () => {
    expect(Object.keys(jobs)).toEqual(['lint', 'unit', 'service']);
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });

  it('may only read, and keeps no credentials', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).filter((job) => 'permissions' in job)).toEqual([]);
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it('pins the actions to the commits that the template pins them to', () => {
    const template = renderedText({ features: ['github-actions'] }).get(PATH) ?? '';
    expect(usesIn(text)).toHaveLength(6);
    expect(new Set(usesIn(text))).toEqual(new Set(usesIn(template)));
  });

  it('runs the fast tests on each system and on each version of Node.js', () => {
    expect(systemsOf(jobs.unit)).toEqual(SYSTEMS);
    expect(jobs.unit.strategy?.matrix.node).toEqual([20, 22, 24, 26]);
    expect(commandsOf(jobs.unit).at(-1)).toBe('npx vitest run --project unit');
  });

  it('starts with the oldest versions of Node.js that the package supports', () => {
    const { engines }: { engines: { node: string } } = JSON.parse(manifest);
    const oldest = [...engines.node.matchAll(/(\d+)\./g)].map(([, major]) => Number(major));
    expect(jobs.unit.strategy?.matrix.node?.slice(0, oldest.length)).toEqual(oldest);
  });

  it('makes a service on each system', () => {
    expect(systemsOf(jobs.service)).toEqual(SYSTEMS);
    expect(commandsOf(jobs.service).at(-1)).toBe('npx vitest run --project service');
  });

  it('runs only scripts and test projects that exist', () => {
    expect(unknownScripts(new Map([['package.json', manifest]]), text)).toEqual([]);
    const projects = [...text.matchAll(/--project (\w+)/g)].map(([, name]) => ({ test: { name } }));
    const longer = ['e2e', 'e2e-serial'].map((name) => ({ test: { name } }));
    expect(vitestConfig.test?.projects).toMatchObject([...projects, ...longer]);
  });

  it('leaves no step to the shell of a system', () => {
    const commands = Object.values(jobs).flatMap(commandsOf);
    expect(commands.filter((command) => !/^(npm|npx) [\w:. -]+$/.test(command))).toEqual([]);
  });
});
