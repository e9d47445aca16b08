import { accessSync, constants, mkdirSync } from 'node:fs';
import { GeneratorError, messageOf } from './errors.ts';
import { exitStatus } from './exit-status.ts';

/** Makes sure that files can be written to the folder, which may not exist yet. */
export function prepareTarget(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const explanation = {
      reason: `The folder ${folder} cannot be written to: ${messageOf(error)}`,
      hint: 'Nothing was written. Choose another folder.',
    };
    throw new GeneratorError(exitStatus.usage, explanation, { cause: error });
  }
}
