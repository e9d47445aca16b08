/** PostgreSQL cuts longer identifiers. */
export const MAX_IDENTIFIER = 63;

/** The form of a resource's name. */
export const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The fields that every resource has. */
export const ALWAYS_THERE = ['id', 'version', 'created_at', 'updated_at'];

/** The query parameters that every list has. */
const LIST_PARAMETERS = ['page', 'per_page', 'itemize', 'itemized', 'sort'];

/** Columns that every table of PostgreSQL has. */
const SYSTEM_COLUMNS = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'];

/** Members that every object of JavaScript has. */
const OBJECT_MEMBERS = Object.getOwnPropertyNames(Object.prototype);

/** Operators of Prisma's filters, in any case of letters. */
const FILTER_OPERATORS = ['and', 'or', 'not'];

/** Why no field can have this name; undefined if one can. */
export function fieldNameProblem(name: string): string | undefined {
  if (name === '') return 'missing name: expected name:type, such as title:string(200)';
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
    return `invalid name "${name}": expected snake_case, such as page_count`;
  }
  if (name.length > MAX_IDENTIFIER) {
    return `the name has ${name.length} characters: PostgreSQL cuts it after ${MAX_IDENTIFIER}`;
  }
  if (ALWAYS_THERE.includes(name)) return `every resource already has "${name}"`;
  if (LIST_PARAMETERS.includes(name)) return `"${name}" is a query parameter of every list`;
  if (SYSTEM_COLUMNS.includes(name)) return `"${name}" is a system column of PostgreSQL`;
  if (FILTER_OPERATORS.includes(name)) return `"${name}" is an operator of Prisma's filters`;
  if (isObjectMember(name)) return `"${name}" is a member of every object in JavaScript`;
  return undefined;
}

/** Whether every object of JavaScript has a member of this name. */
export function isObjectMember(name: string): boolean {
  return OBJECT_MEMBERS.includes(camelCase(name));
}

/** The name in TypeScript. */
export function camelCase(name: string): string {
  return name.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The name of a type in TypeScript. */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + camelCase(name).slice(1);
}

/** The name of a field's column and of its member in JSON. */
export function columnName(name: string, kind: string): string {
  return kind === 'references' ? `${name}_id` : name;
}

/** The name of a column's CHECK constraint. */
export function checkName(table: string, column: string): string {
  return `${table}_${column}_check`;
}
