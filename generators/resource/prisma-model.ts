/**
 * Adds a field to a model in a Prisma schema, before its attributes. A field that is already there
 * is left alone; all other lines stay as they are.
 *
 * @throws {Error} when there is no such model
 */
export function addModelField(source: string, model: string, field: string): string {
  const lines = source.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\s*model\\s+${model}\\s*\\{`).test(line));
  if (start === -1) throw new Error(`There is no model ${model}`);
  const end = lines.findIndex((line, index) => index > start && /^\s*\}/.test(line));
  const body = lines.slice(start + 1, end);
  const [name = ''] = field.split(' ', 1);
  if (body.some((line) => line.trim().split(/\s+/, 1)[0] === name)) return source;
  const attributes = body.findIndex((line) => /^\s*@@/.test(line));
  const fields = body.slice(0, attributes === -1 ? body.length : attributes);
  const last = fields.findLastIndex((line) => line.trim() !== '');
  return lines.toSpliced(start + 2 + last, 0, `  ${field}`).join('\n');
}
