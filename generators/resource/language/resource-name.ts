import { isObjectMember, KEBAB_CASE, MAX_IDENTIFIER, pascalCase } from './field-names.ts';

/** What the service itself serves or stores under these names. */
const OF_THE_SERVICE = ['health', 'docs', 'service-context'];

/** Files of these names are devices on Windows, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Names whose class would hide, in its own files, what these use of JavaScript and TypeScript or import. */
const HIDING = ['date'];

/** Why no resource can have this name; undefined if one can. */
export function resourceNameProblem(name: string): string | undefined {
  if (!KEBAB_CASE.test(name)) {
    return `invalid name "${name}": expected a singular in kebab-case, such as order-item`;
  }
  const key = `${name}_pkey`;
  if (key.length > MAX_IDENTIFIER) {
    const max = MAX_IDENTIFIER - '_pkey'.length;
    return `the name has ${name.length} characters: expected at most ${max}`;
  }
  if (OF_THE_SERVICE.includes(name)) return `the service itself uses the name "${name}"`;
  if (DEVICES.test(name)) return `files cannot be named "${name}" on Windows`;
  if (HIDING.includes(name) || isObjectMember(name)) {
    return `the files of a resource use "${pascalCase(name)}" otherwise: choose another name`;
  }
  return undefined;
}
