import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plantNpm } from '../../support/plant-program.ts';
import { parseYaml, renderedText, unknownScripts } from '../../support/rendered.ts';

interface Step {
  readonly bash?: string;
  readonly displayName?: string;
  readonly condition?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Stage {
  readonly stage: string;
  readonly condition?: string;
  readonly jobs: readonly {
    readonly steps?: readonly Step[];
    readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: Step[] } } };
  }[];
}

interface Pipeline {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly stages: readonly Stage[];
}

const TOKEN = 'a-token-of-sixteen-characters';
const WHEN_PENDING = "and(succeeded(), eq(variables['isPending'], 'true'))";
const files = renderedText({ features: ['azure-pipelines'], prefix: '/shop' });
const source = files.get('azure-pipelines.yml') ?? '';
const { variables, stages } = parseYaml(source) as Pipeline;
const [, migrate] = stages;
const steps = migrate?.jobs[0]?.strategy?.runOnce.deploy.steps ?? [];

function step(displayName: string): Step {
  const found = steps.find((candidate) => candidate.displayName === displayName);
  if (found === undefined) throw new Error(`There is no step "${displayName}"`);
  return found;
}

describe('the Azure pipeline', () => {
  it('checks everything, and migrates only from main', () => {
    expect(stages.map(({ stage, condition }) => [stage, condition])).toEqual([
      ['check', undefined],
      ['migrate', "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))"],
    ]);
    expect(stages[0]?.jobs[0]?.steps?.flatMap(({ bash }) => bash ?? [])).toEqual([
      'npm ci',
      'npm run lint',
      'npm test',
      'npm run build',
    ]);
    expect(unknownScripts(files, source)).toEqual([]);
  });

  it('migrates in a window, if there is something to migrate, and closes it only on success', () => {
    expect(
      steps.flatMap(({ displayName, condition }) => [[displayName, condition]]).slice(3),
    ).toEqual([
      ['Look for migrations to apply', undefined],
      ['Activate maintenance mode', WHEN_PENDING],
      ['Wait until no request is in flight', WHEN_PENDING],
      ['Apply the migrations', WHEN_PENDING],
      ['Deactivate maintenance mode', WHEN_PENDING],
      [
        'Say that the service stays in maintenance',
        "and(or(failed(), canceled()), eq(variables['windowMayBeOpen'], 'true'))",
      ],
    ]);
  });

  // How long that has to be is tested in a made service.
  it('waits until no request is in flight', () => {
    expect(Number(variables.DRAIN_SECONDS)).toBeGreaterThan(0);
    expect(step('Wait until no request is in flight').bash).toBe('sleep "$DRAIN_SECONDS"');
  });

  it('takes secrets from the environment, and from nowhere else', () => {
    const secret = /\$\((SERVICE_CONTEXT_TOKEN|DATABASE_URL)\)/;
    expect(steps.filter(({ bash = '' }) => secret.test(bash))).toEqual([]);
    expect(steps.flatMap(({ env = {} }) => Object.entries(env))).toEqual([
      ['DATABASE_URL', '$(DATABASE_URL)'],
      ['SERVICE_CONTEXT_TOKEN', '$(SERVICE_CONTEXT_TOKEN)'],
      ['DATABASE_URL', '$(DATABASE_URL)'],
      ['SERVICE_CONTEXT_TOKEN', '$(SERVICE_CONTEXT_TOKEN)'],
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('a step of the Azure pipeline (for POSIX)', () => {
  /** Runs a step's script, without the environment of this process. */
  function run(displayName: string, env: Record<string, string | undefined>) {
    const script = step(displayName).bash ?? '';
    const PATH = process.env.PATH;
    return execa('bash', ['-c', script], {
      env: { PATH, ...env },
      extendEnv: false,
      reject: false,
    });
  }

  /** A service that answers always the same, and says what it was asked. */
  async function serve(status: number, body: unknown) {
    const requests: unknown[] = [];
    const server = createServer((request, response) => {
      const { method, url, headers } = request;
      void text(request).then((asked) => {
        requests.push([method, url, headers.authorization, JSON.parse(asked)]);
        response.writeHead(status, { location: '/' }).end(JSON.stringify(body));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const SERVICE_URL = `http://127.0.0.1:${port}`;
    const url = String(variables.SERVICE_CONTEXT_URL).replace('$(SERVICE_URL)', SERVICE_URL);
    return { requests, env: { SERVICE_CONTEXT_URL: url, SERVICE_CONTEXT_TOKEN: TOKEN } };
  }

  it.each([
    ['Activate maintenance mode', { maintenance: true, reason: 'Database migration' }],
    ['Deactivate maintenance mode', { maintenance: false }],
  ])('%s: asks the service, under prefix and version, with the token', async (name, body) => {
    const { requests, env } = await serve(200, { maintenance: body.maintenance });
    expect((await run(name, env)).exitCode).toBe(0);
    expect(requests).toEqual([['PATCH', '/shop/v1/service-context', `Bearer ${TOKEN}`, body]]);
  });

  it.each([
    ['the token is wrong', 401, { error_message: 'The bearer token is wrong' }],
    ['the service fails', 500, { maintenance: true }],
    ['it is sent elsewhere', 302, {}],
    ['the window is as it was', 200, { maintenance: false }],
  ])('fails when %s, and shows the answer but not the token', async (_, status, body) => {
    const { env } = await serve(status, body);
    const { exitCode, stdout, stderr } = await run('Activate maintenance mode', env);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain(JSON.stringify(body));
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  it('says first that the window may be open, since the answer may get lost', async () => {
    const env = { SERVICE_CONTEXT_URL: 'http://127.0.0.1:1', SERVICE_CONTEXT_TOKEN: TOKEN };
    const { exitCode, stdout, stderr } = await run('Activate maintenance mode', env);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('##vso[task.setvariable variable=windowMayBeOpen]true');
    expect(stderr).toContain('Failed to connect');
  });

  it.each([
    ['Following migrations have not yet been applied:\nx', 1, 0, true],
    ['Database schema is up to date!', 0, 0, false],
    ["Error: P1001 Can't reach database server", 1, 1, false],
  ])('looks for migrations: %s', async (output, status, exitCode, isPending) => {
    const PATH = plantNpm(`console.log(${JSON.stringify(output)}); process.exitCode = ${status};`);
    const result = await run('Look for migrations to apply', { PATH });
    expect(result.exitCode).toBe(exitCode);
    expect(result.stdout.includes('variable=isPending]true')).toBe(isPending);
  });

  it('ends with an error of the pipeline when the window may still be open', async () => {
    const { exitCode, stdout } = await run('Say that the service stays in maintenance', {});
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^##vso\[task\.logissue type=error\].*stays in maintenance/);
  });
});
