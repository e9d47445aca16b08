import { createEnv } from 'yeoman-environment';
import type { OptionTable } from '../lib/options/option.ts';
import { packageRoot } from '../lib/package-root.ts';
import type { PreparedRun } from '../lib/run/prepare.ts';
import { yeomanGenerator } from '../lib/run/yeoman-generator.ts';

/** Executes a prepared run as `yo` does. */
export async function runWithYeoman<T extends OptionTable>(
  prepared: PreparedRun<T>,
): Promise<void> {
  const environment = createEnv();
  // Yeoman announces a failed task in words of its own; this entry point reports it once.
  environment.adapter.log.error = () => environment.adapter.log;
  const { generator } = prepared;
  const namespace = `clean-flask-ts:${generator.name || 'app'}`;
  // Where Yeoman looks for the generator's package.json; without it, in the working directory.
  const resolved = packageRoot;
  environment.register(yeomanGenerator(generator, prepared), { namespace, resolved });
  await environment.runGenerator(await environment.create(namespace));
}
