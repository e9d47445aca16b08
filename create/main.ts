import { appDefinition } from '../generators/app/definition.ts';
import { exitStatus } from '../lib/errors/exit-status.ts';
import { GeneratorError } from '../lib/errors/generator-error.ts';
import { helpText } from '../lib/options/help.ts';
import type { OptionTable } from '../lib/options/option.ts';
import { version } from '../lib/package-root.ts';
import { endWithOutput } from '../lib/process/broken-output.ts';
import { printNotice, printText, printUnexpected } from '../lib/process/output.ts';
import type { GeneratorDefinition } from '../lib/run/generator.ts';
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

/** The first word may be a subcommand; a service of such a name is typed as a path. */
async function run([word, ...words]: readonly string[]): Promise<void> {
  if (word === 'resource') {
    const { resourceGenerator } = await import('../generators/resource/generator.ts');
    await runGenerator(resourceGenerator, `${INVOCATION} ${word}`, words);
  } else if (word === 'update') {
    const { updateGenerator } = await import('../generators/update/generator.ts');
    await runGenerator(updateGenerator, `${INVOCATION} ${word}`, words);
  } else {
    await runGenerator(appDefinition, INVOCATION, word === undefined ? [] : [word, ...words]);
  }
}

async function runGenerator<T extends OptionTable>(
  definition: GeneratorDefinition<T>,
  invocation: string,
  args: readonly string[],
): Promise<void> {
  const table = allOptions(definition);
  const { help, version: asksVersion, raw } = parseCommandLine(table, args);
  if (help || asksVersion) {
    printText(help ? helpText(invocation, definition) : version);
    return;
  }
  const note = checkSwallowedOptions(invocation, table, raw);
  if (note !== undefined) printNotice(`Note: ${note}`);
  // Loaded when they are needed, so that the first prompt appears at once.
  const prepared = await prepareRun(definition, invocation, raw, async (prompts) => {
    const { ask } = await import('./ask.ts');
    return ask(prompts);
  });
  const { runWithYeoman } = await import('./run-with-yeoman.ts');
  await runWithYeoman(prepared);
}
