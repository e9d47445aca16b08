import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { drainMilliseconds } from '../../../src/management/command.ts';
import { serviceFolder } from '../../support/run-prisma.ts';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();

function read(file: string): string {
  return readFileSync(path.join(serviceFolder, file), 'utf8');
}

const pipeline = read('azure-pipelines.yml');

/** What a pattern's group matches in the pipeline. */
function matches(pattern: RegExp): string[] {
  return [...pipeline.matchAll(pattern)].map(([, group = '']) => group);
}

describe('the pipeline of Azure', () => {
  it('runs scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const run = matches(/npm run ([\w:]+)/g);

    expect(run).toContain('db:deploy');
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('opens and closes the window by a route of the service', () => {
    const [url = ''] = matches(/SERVICE_CONTEXT_URL: \$\(SERVICE_URL\)\S*(\/v1\/\S+)/g);

    expect(app().hasRoute({ method: 'PATCH', url })).toBe(true);
  });

  it('fails with every request that fails', () => {
    const requests = matches(/(\bcurl (?:.*\\\n)+)/g);

    expect(requests).toHaveLength(2);
    expect(requests.filter((request) => !request.includes('--fail-with-body'))).toEqual([]);
  });

  it('waits until no instance works on a request any more', () => {
    const [seconds] = matches(/DRAIN_SECONDS: (\d+)/g).map(Number);

    expect(Number(seconds) * 1000).toBeGreaterThanOrEqual(
      drainMilliseconds(loadConfig({ DATABASE_URL: 'postgresql://localhost/none' })),
    );
  });
});
