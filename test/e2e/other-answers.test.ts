import { expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a service without the example, with all features and odd answers, passes its checks', async () => {
  const features = 'docker,github-actions,azure-pipelines,kubernetes';
  const description = `"It's" * <b> \\n | \`x\` \${y} __z__ 🙂`;
  const answers = ['--prefix', 'a/b', '--port', '8080', '--description', description];
  const args = [
    '7-up.x_y',
    '--no-example',
    '--features',
    features,
    ...answers,
    '--no-git',
    '--yes',
  ];
  const run = await runCli(args, { cwd: temporaryFolder() });

  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(run.stdout).toMatch(/^\S tests passed on .*PostgreSQL/m);
});
