import {
  camelCase,
  isObjectMember,
  KEBAB_CASE,
  MAX_IDENTIFIER,
  pascalCase,
} from './field-names.ts';

/** What the service itself serves or stores under these names. */
const OF_THE_SERVICE = ['health', 'docs', 'service-context'];

/** Files of these names are devices on Windows, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** The names that Prisma allows no model and no enum to have. */
export const OF_PRISMA =
  'BigInt Boolean Bytes DateTime Decimal Float Int Json Prisma PrismaClient String'.split(' ');

/** Names whose class would hide what its own files use of JavaScript or import. */
export const HIDING = [
  ...['date', 'dependencies', 'filter', 'list-of', 'list-query', 'nullable', 'nullable-text'],
  ...['nullable-timestamp', 'partial', 'prisma-database', 'prisma-repository'],
  ...['repository-settings', 'required', 'sort-fields', 'static', 'text', 'timestamp', 'type'],
];

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
  const model = pascalCase(name);
  if (OF_PRISMA.includes(model)) return `Prisma reserves the name "${model}"`;
  if (isObjectMember(name)) return `every object in JavaScript has a "${camelCase(name)}"`;
  if (HIDING.includes(name)) {
    return `the files of a resource use "${model}" otherwise: choose another name`;
  }
  return undefined;
}
