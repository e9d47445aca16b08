import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import type { RenderedFile } from '../files/render-folder.ts';
import { isRecord } from '../json-record.ts';
import type * as Prettier from 'prettier';

/**
 * Formats rendered files with the Prettier and the settings of a directory.
 *
 * @throws {GeneratorError} when Prettier is not installed there, or its settings are invalid
 */
export async function userFormat(
  directory: string,
): Promise<(file: RenderedFile) => Promise<RenderedFile>> {
  const prettier = await loadPrettier(directory);
  const ignorePath = ['.gitignore', '.prettierignore'].map((name) => join(directory, name));
  return async (file) => {
    const filepath = join(directory, file.path);
    try {
      const { ignored, inferredParser } = await prettier.getFileInfo(filepath, { ignorePath });
      if (ignored || inferredParser === null) return file;
      const settings = await prettier.resolveConfig(filepath, { editorconfig: true });
      const text = await prettier.format(file.contents.toString(), { ...settings, filepath });
      return { path: file.path, contents: Buffer.from(text.replaceAll('\r\n', '\n')) };
    } catch (error) {
      throw new GeneratorError(exitStatus.usage, {
        reason: `Prettier cannot format ${file.path} with the settings of ${directory}: ${messageOf(error)}`,
        hint: 'Nothing was written. Correct its settings, then repeat the command.',
      });
    }
  };
}

async function loadPrettier(directory: string): Promise<typeof Prettier> {
  const manifest = join(directory, 'package.json');
  if (!existsSync(manifest)) throw notInstalled(directory);
  try {
    const entry = createRequire(manifest).resolve('prettier');
    const loaded: unknown = await import(pathToFileURL(entry).href);
    if (isRecord(loaded) && isPrettier(loaded['default'])) return loaded['default'];
    throw new Error(`${entry} is not Prettier 3`);
  } catch (error) {
    throw notInstalled(directory, error);
  }
}

function isPrettier(loaded: unknown): loaded is typeof Prettier {
  const names = ['format', 'getFileInfo', 'resolveConfig'];
  return isRecord(loaded) && names.every((name) => typeof loaded[name] === 'function');
}

function notInstalled(directory: string, cause?: unknown): GeneratorError {
  return new GeneratorError(
    exitStatus.usage,
    {
      reason: `Prettier is not installed in ${directory}: the files cannot be formatted as yours.`,
      hint: 'Nothing was written. Install the dependencies of the service, then repeat the command.',
    },
    { cause },
  );
}
