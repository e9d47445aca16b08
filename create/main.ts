import { endWithOutput } from '../lib/process/broken-output.ts';
import { GeneratorError } from '../lib/errors/generator-error.ts';
import { exitStatus } from '../lib/errors/exit-status.ts';
import { gatherFlags } from '../lib/run/gather.ts';
import { helpText } from '../lib/options/help.ts';
import { version } from '../lib/package-root.ts';
import { parseCommandLine } from './command-line.ts';
import { DOOR } from './door.ts';
import { checkSwallowedOptions } from './swallowed-options.ts';

/** Runs the create door with what was typed, and sets the exit status. */
export async function main(args: readonly string[]): Promise<void> {
  endWithOutput();
  try {
    await run(args);
  } catch (error) {
    // Anything that is not meant for people is a defect, and its stack is what finds it.
    console.error(error instanceof GeneratorError ? `\n${error.message}` : error);
    process.exitCode = error instanceof GeneratorError ? error.code : exitStatus.unexpected;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const typed = parseCommandLine(args);
  if (typed.help) {
    console.log(helpText(DOOR));
    return;
  }
  if (typed.version) {
    console.log(version);
    return;
  }
  const note = checkSwallowedOptions(typed.flags, process.env, process.stdin.isTTY);
  if (note !== undefined) console.error(`Note: ${note}`);
  // Loaded when they are needed, so that the first question comes at once.
  const flags = await gatherFlags(typed.flags, async (open) => {
    const { ask } = await import('./ask.ts');
    return ask(open);
  });
  const { runGenerator } = await import('./run-generator.ts');
  await runGenerator(flags);
}
