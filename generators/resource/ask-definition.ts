import { interrupted } from '../../lib/errors/generator-error.ts';
import { type Ask, canPrompt } from '../../lib/options/prompts.ts';
import type { RawOptions } from '../../lib/options/raw-options.ts';
import { valueOf, valuesOf } from '../../lib/options/resolve.ts';
import { sharedOptions } from '../../lib/options/shared-options.ts';
import { printText } from '../../lib/process/output.ts';
import type { Target } from '../../lib/run/generator.ts';
import { readDefinitions, storedDefinition } from './definition-file.ts';
import { parseResource } from './language/parse-resource.ts';
import { problemText } from './language/problem.ts';
import { options, type ResourceValues } from './options.ts';

/**
 * Prompts for the name of a new resource and for its fields, one by one, and shows the definition.
 *
 * @throws {GeneratorError} when the user does not want it
 */
export async function askForDefinition(
  raw: RawOptions,
  { directory }: Target,
  ask: Ask,
): Promise<RawOptions> {
  const values = valuesOf(options, raw);
  if (!canPrompt(raw) || valueOf(sharedOptions.yes, raw) || isComplete(values)) return raw;
  const name = values.name || (await askForText(ask, options.name.help, nameProblem));
  const named = new Map([...raw, [options.name.name, name]]);
  if (readDefinitions(directory).has(name)) return named;
  const fields = await askForFields(name, ask);
  showDefinition(name, fields);
  const question = { kind: 'confirm', name: 'write', message: 'Add it', initial: true } as const;
  if ((await ask([question])).write !== true) throw interrupted('Nothing was written.');
  return new Map([...named, [options.fields.name, fields]]);
}

function isComplete({ fields, add, drop, rename, from, remove }: ResourceValues): boolean {
  return remove || from !== '' || [fields, add, drop, rename].some((texts) => texts.length > 0);
}

async function askForFields(name: string, ask: Ask): Promise<string[]> {
  const fields: string[] = [];
  for (;;) {
    const hint = fields.length === 0 ? 'such as title:string(200)' : 'empty when there are no more';
    const message = `Field ${fields.length + 1}, ${hint}`;
    const text = await askForText(ask, message, (typed) =>
      typed === '' && fields.length > 0 ? undefined : definitionProblem(name, [...fields, typed]),
    );
    if (text === '') return fields;
    fields.push(text);
  }
}

function nameProblem(name: string): string | undefined {
  return name === '' ? 'Enter a name.' : definitionProblem(name, []);
}

function definitionProblem(name: string, texts: readonly string[]): string | undefined {
  const parsed = parseResource({ name }, texts);
  return 'problems' in parsed ? parsed.problems.map(problemText).join(' ') : undefined;
}

function showDefinition(name: string, fields: readonly string[]): void {
  const parsed = parseResource({ name }, fields);
  if ('definition' in parsed) printText(`\n${name} ${storedDefinition(parsed.definition)}\n`);
}

async function askForText(
  ask: Ask,
  message: string,
  problemOf: (text: string) => string | undefined,
): Promise<string> {
  const validate = (input: unknown) => problemOf(String(input).trim()) ?? true;
  const answers = await ask([{ kind: 'input', name: 'text', message, initial: '', validate }]);
  return String(answers['text']).trim();
}
