import { describe, expect, it } from 'vitest';
import { parseYaml, renderedText, unknownScripts } from '../../support/rendered.ts';

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes': number;
  readonly steps: readonly { readonly run?: string; readonly env?: unknown }[];
}

const PATH = '.github/workflows/ci.yml';
const withImage = renderedText({ features: ['docker', 'github-actions'] });
const withoutImage = renderedText({ features: ['github-actions'] });

describe.each([
  ['with the image', withImage, ['check', 'image'], 3],
  ['without the image', withoutImage, ['check'], 2],
])('the GitHub workflow %s', (_, files, jobs, actions) => {
  const text = files.get(PATH) ?? '';
  const workflow = parseYaml(text) as Workflow;

  it('has its jobs, each of bounded time', () => {
    expect(Object.keys(workflow.jobs)).toEqual(jobs);
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(20);
    }
  });

  it('may only read, and keeps no credentials', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.values(workflow.jobs).filter((job) => 'permissions' in job)).toEqual([]);
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it('pins each action by its commit, and names the version', () => {
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    const pinned = /^ +- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
    expect(uses).toHaveLength(actions);
  });

  it('runs only npm scripts that the service has', () => {
    expect(unknownScripts(files, text)).toEqual([]);
  });

  it('lints, tests on a container and builds', () => {
    const steps = workflow.jobs.check?.steps.filter((step) => 'run' in step);
    expect(steps).toEqual([
      { run: 'npm ci' },
      { run: 'npm run lint' },
      { run: 'npm test', env: { TEST_DATABASE: 'container' } },
      { run: 'npm run build' },
    ]);
  });
});

it('the GitHub workflow builds both targets of the image, migrates and starts the service', () => {
  const { jobs } = parseYaml(withImage.get(PATH)) as Workflow;
  expect(jobs.image?.steps.filter((step) => 'run' in step)).toEqual([
    { run: 'docker build --target migrate --tag "$IMAGE-migrate" .' },
    { run: 'docker build --tag "$IMAGE" .' },
    { run: 'docker run --rm --network host --env DATABASE_URL "$IMAGE-migrate"' },
    {
      run: 'docker run --detach --name service --network host --env DATABASE_URL "$IMAGE"',
    },
    {
      run: 'curl --fail --retry 30 --retry-delay 1 --retry-all-errors http://127.0.0.1:7000/health/ready',
    },
    { if: 'failure()', run: 'docker logs service' },
  ]);
});
