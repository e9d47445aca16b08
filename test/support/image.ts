import { execa } from 'execa';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { type PackageManager, runScript } from '../../lib/package-manager/package-managers.ts';
import { docker } from './docker.ts';
import { addTests } from './made-service-tests.ts';

/** Builds the images of a service and runs the test of images on them; gives what that wrote. */
export async function testImage(
  folder: string,
  packageManager: PackageManager,
  PATH = process.env.PATH,
): Promise<string> {
  const image = `clean-flask-ts-test:${packageManager}`;
  // A registry that this machine reaches by its own network has to be reached by the build.
  const build = ['build', '--quiet', '--network', 'host'];
  try {
    await docker(...build, '--tag', `${image}-migrate`, '--target', 'migrate', folder);
    await docker(...build, '--tag', image, folder);
    addTests(folder);
    const command = runScript(packageManager, 'test', 'tests/process/image.test.ts');
    const [program = '', ...args] = command.split(' ');
    const variables = { TEST_DATABASE: 'embedded', TEST_IMAGE: image, PATH };
    const { stdout } = await execa(program, args, {
      cwd: folder,
      env: { ...childEnvironment(process.env), ...variables },
      extendEnv: false,
      stdin: 'ignore',
    });
    return stdout;
  } finally {
    await docker('image', 'rm', '--force', image, `${image}-migrate`);
  }
}
