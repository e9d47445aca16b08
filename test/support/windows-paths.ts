const { win32 } = process.getBuiltinModule('node:path');

/** `node:path` as it is on Windows. */
export const windowsPath = { ...win32, default: win32 };

/** A module like `node:fs` that takes paths of Windows; `drive` is the directory behind `C:`. */
export function withWindowsPaths(fs: object, drive: string): object {
  const toLocal = (argument: unknown) =>
    typeof argument === 'string' && /^(?:C:)?\\/.test(argument)
      ? argument.replace(/^C:/, drive).replaceAll('\\', '/')
      : argument;
  const members = Object.entries(fs).map(([name, member]: [string, unknown]): [string, unknown] => [
    name,
    typeof member === 'function'
      ? (...args: unknown[]): unknown => Reflect.apply(member, undefined, args.map(toLocal))
      : member,
  ]);
  return Object.fromEntries<unknown>(members);
}
