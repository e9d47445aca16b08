import { createEnv } from 'yeoman-environment';
import { AppGenerator } from '../generators/app/generator.ts';
import type { Flags } from '../lib/options/raw-options.ts';
import { DOOR } from './door.ts';

const NAMESPACE = 'clean-flask-ts:app';

/** Runs the generator as `yo` does, with flags that leave nothing to ask. */
export async function runGenerator(flags: Flags): Promise<void> {
  const environment = createEnv();
  // Yeoman announces a failed task in words of its own; this door says it once.
  environment.adapter.log.error = () => environment.adapter.log;
  AppGenerator.door = DOOR;
  AppGenerator.gathered = flags;
  environment.register(AppGenerator, { namespace: NAMESPACE });
  const generator = await environment.create(NAMESPACE);
  await environment.runGenerator(generator);
}
