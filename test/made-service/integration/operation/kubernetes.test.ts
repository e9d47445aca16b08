import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { Environment } from '../../../src/config.ts';
import { commands } from '../../../src/management/commands.ts';
import { serviceFolder } from '../../support/run-prisma.ts';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();
const folder = path.join(serviceFolder, 'kubernetes');
const manifests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n');

/** What a pattern's group matches in the manifests. */
function matches(pattern: RegExp): string[] {
  return [...manifests.matchAll(pattern)].map(([, group = '']) => group);
}

describe('the manifests of Kubernetes', () => {
  it('probe what the service answers', async () => {
    const paths = matches(/^ +path: (\S+)$/gm);
    const statuses = await Promise.all(
      paths.map(async (url) => (await app().inject(url)).statusCode),
    );

    expect(paths).toEqual(['/health/live', '/health/ready']);
    expect(statuses).toEqual([200, 200]);
  });

  it('set no variable that the service does not read', () => {
    const names = matches(/^ +- name: ([A-Z_]+)$/gm);

    expect(names).toContain('DATABASE_URL');
    expect(names.filter((name) => !(name in Environment.properties))).toEqual([]);
  });

  it('give a pod longer to end than its pause and the service take', () => {
    const [grace] = matches(/terminationGracePeriodSeconds: (\d+)/g).map(Number);
    const [pause] = matches(/command: \[sleep, '(\d+)'\]/g).map(Number);

    expect(grace).toBeGreaterThan(
      Number(pause) +
        loadConfig({ DATABASE_URL: 'postgresql://localhost/none' }).server.shutdownTimeoutMs / 1000,
    );
  });

  it('migrate by a management command', () => {
    const [command] = matches(/command: \[node, dist\/management\.js, ([\w-]+)\]/g);

    expect(commands.map(({ name }) => name)).toContain(command);
  });
});
