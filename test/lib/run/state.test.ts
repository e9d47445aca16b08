import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitStatus } from '../../../lib/errors/exit-status.ts';
import { loadRunState, saveRunState } from '../../../lib/run/state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const STATE = { git: true, skipCheck: false, done: ['install'] };

describe('the state of a run', () => {
  it('is loaded as it was saved last, and leaves one file', () => {
    const folder = temporaryFolder();
    saveRunState(folder, { ...STATE, done: [] });
    saveRunState(folder, STATE);
    expect(loadRunState(folder)).toEqual(STATE);
    expect(readdirSync(join(folder, '.clean-flask-ts'))).toEqual(['run.json']);
  });

  it.each([
    ['a file in place of the folder', '.clean-flask-ts'],
    ['a folder in place of the file', '.clean-flask-ts/run.json/x'],
  ])('that cannot be saved because of %s ends the run with the reason', (_, path) => {
    const folder = temporaryFolder();
    writeFiles(folder, { [path]: '' });
    expect(() => {
      saveRunState(folder, STATE);
    }).toThrow(
      expect.objectContaining({
        code: exitStatus.installFailed,
        reason: expect.stringMatching(/^Cannot save the state of the run: E[A-Z]+: /),
      }),
    );
  });

  it.each([
    ['', /run\.json: Unexpected end of JSON input$/],
    ['{ "git": tr', /run\.json: .*JSON/],
  ])('that is cut off (%j) is refused with the reason', (text, reason) => {
    const folder = temporaryFolder();
    writeFiles(folder, { '.clean-flask-ts/run.json': text });
    expect(() => loadRunState(folder)).toThrow(
      expect.objectContaining({
        code: exitStatus.usage,
        reason: expect.stringMatching(reason),
      }),
    );
  });
});
