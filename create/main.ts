import { appDefinition } from '../generators/app/definition.ts';
import { exitStatus } from '../lib/errors/exit-status.ts';
import { GeneratorError } from '../lib/errors/generator-error.ts';
import { helpText } from '../lib/options/help.ts';
import { version } from '../lib/package-root.ts';
import { endWithOutput } from '../lib/process/broken-output.ts';
import { printNotice, printText, printUnexpected } from '../lib/process/output.ts';
import { allOptions, prepareRun } from '../lib/run/prepare.ts';
import { parseCommandLine } from './command-line.ts';
import { INVOCATION } from './invocation.ts';
import { checkSwallowedOptions } from './swallowed-options.ts';

/** Runs the generator with a command line, and sets the exit status. */
export async function main(args: readonly string[]): Promise<void> {
  endWithOutput();
  try {
    await run(args);
  } catch (error) {
    if (error instanceof GeneratorError) printNotice(`\n${error.message}`);
    else printUnexpected(error);
    process.exitCode = error instanceof GeneratorError ? error.code : exitStatus.unexpected;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const table = allOptions(appDefinition);
  const { help, version: asksVersion, raw } = parseCommandLine(table, args);
  if (help || asksVersion) {
    printText(help ? helpText(INVOCATION, appDefinition) : version);
    return;
  }
  const note = checkSwallowedOptions(table, raw, process.env, process.stdin.isTTY);
  if (note !== undefined) printNotice(`Note: ${note}`);
  // Loaded when they are needed, so that the first prompt appears at once.
  const prepared = await prepareRun(appDefinition, INVOCATION, raw, async (prompts) => {
    const { ask } = await import('./ask.ts');
    return ask(prompts);
  });
  const { runWithYeoman } = await import('./run-with-yeoman.ts');
  await runWithYeoman(prepared);
}
