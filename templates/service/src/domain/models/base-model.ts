/** What all models of the domain share. */
export abstract class BaseModel {
  /** Prints a model with its fields, such as `<Note(text='Buy milk', id=1)>`. */
  toString(): string {
    const fields = Object.entries(this).map(([name, value]) => `${name}=${print(value)}`);
    return `<${this.constructor.name}(${fields.join(', ')})>`;
  }
}

function print(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value);
}
