import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError, messageOf } from '../../lib/errors/generator-error.ts';
import { isRecord, stringsIn } from '../../lib/json-record.ts';
import type { ResourceDefinition } from './definition.ts';
import { definitionFrom, type StoredDefinition } from './definition-file.ts';
import { problemText } from './language/problem.ts';
import { parseResource } from './language/parse-resource.ts';

/**
 * Reads several resources from a JSON or YAML file: by name, either the list of fields as they are
 * typed, or what a definition's file holds.
 *
 * @throws {GeneratorError} with all problems at once
 */
export function readResources(file: string): ResourceDefinition[] {
  const content = readYaml(file);
  const all = Object.entries(content).map(([name, each]) => definitionOf(name, each, file));
  const problems = all.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) throw unusable(problems.join('\n'));
  return all.flatMap((each) => ('definition' in each ? [each.definition] : []));
}

function definitionOf(name: string, content: unknown, file: string): StoredDefinition {
  if (isRecord(content)) return definitionFrom(name, content, `${file}, ${name}`);
  if (!Array.isArray(content)) {
    return { problems: [`${file}, ${name}: expected a list of fields.`] };
  }
  const parsed = parseResource({ name }, stringsIn(content));
  if ('definition' in parsed) return parsed;
  return { problems: parsed.problems.map((each) => `${file}, ${name}: ${problemText(each)}`) };
}

function readYaml(file: string): Readonly<Record<string, unknown>> {
  try {
    // JSON is YAML.
    const content: unknown = parse(readFileSync(file, 'utf8'));
    if (isRecord(content) && Object.keys(content).length > 0) return content;
  } catch (error) {
    throw unusable(`${file}: cannot be read: ${messageOf(error)}`);
  }
  throw unusable(`${file}: expected an object with a member for each resource.`);
}

function unusable(reason: string): GeneratorError {
  return new GeneratorError(exitStatus.usage, { reason, hint: 'Nothing was written.' });
}
