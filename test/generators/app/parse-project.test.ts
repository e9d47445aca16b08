import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  parseDescription,
  parseDirectory,
  parsePrefix,
} from '../../../generators/app/parse-project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('parseDirectory', () => {
  it.each(['my-service', '../some where/my-service', '/srv/my-service/'])('takes %s', (folder) => {
    expect(parseDirectory(folder)).toEqual({ value: folder });
  });

  it("takes it's (a) [b] {c} $d é in a folder above", () => {
    const folder = "/srv/it's (a) [b] {c} $d é/my-service";
    expect(parseDirectory(folder)).toEqual({ value: folder });
  });

  // On Windows a backslash separates folders.
  const backslash = process.platform === 'win32' ? [] : ['\\'];

  it.each(['#', '%', ':', '?', '*', ...backslash])('refuses %s in a folder above', (character) => {
    expect(parseDirectory(`/srv/a${character}b/my-service`)).toMatchObject({
      problem: expect.stringContaining(`contains ${JSON.stringify(character)}, which npm`),
    });
  });

  it('judges the last part and suggests another', () => {
    expect(parseDirectory('../My Service')).toEqual({
      problem: '"My Service" can only contain URL-friendly characters. Try my-service.',
    });
  });

  it('refuses an empty name', () => {
    expect(parseDirectory('')).toMatchObject({ problem: expect.stringContaining('is empty') });
  });

  it('refuses control characters in the folders above', () => {
    expect(parseDirectory('a\0b/my-service')).toEqual({
      problem: 'contains a control character. Remove it.',
    });
  });
});

describe('parseDirectory on the disk', () => {
  it('takes a folder that is there, or not yet', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'my-service'));
    for (const path of [join(folder, 'my-service'), join(folder, 'a', 'b', 'orders')]) {
      expect(parseDirectory(path)).toEqual({ value: path });
    }
  });

  it('refuses a file, also where a folder above it belongs', () => {
    const file = join(temporaryFolder(), 'taken');
    writeFileSync(file, '');
    expect(parseDirectory(file)).toEqual({
      problem: `${file} is a file. Choose another directory, such as taken-service.`,
    });
    expect(parseDirectory(join(file, 'a', 'orders'))).toEqual({
      problem: `${file} is a file. Choose another directory, such as orders-service.`,
    });
  });
});

describe('parseDescription', () => {
  const parse = parseDescription('The default');

  it('takes one line', () => {
    expect(parse('Orders & "returns" 🙂')).toEqual({ value: 'Orders & "returns" 🙂' });
  });

  it('takes nothing as the default', () => {
    expect(parse('')).toEqual({ value: 'The default' });
  });

  it.each(['two\nlines', 'tab\there', 'esc\u001b[31m', 'line\u2028separator', 'half \ud83d'])(
    'refuses %j',
    (raw) => {
      expect(parse(raw)).toEqual({
        problem: 'contains a line break or another control character. Expected one line of text.',
      });
    },
  );

  it('refuses more than 200 characters', () => {
    expect(parse('x'.repeat(200))).toEqual({ value: 'x'.repeat(200) });
    expect(parse('x'.repeat(201))).toEqual({
      problem: 'is 201 characters long: expected at most 200.',
    });
  });
});

describe('parsePrefix', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['example', '/example'],
    ['/example', '/example'],
    ['a/b/', '/a/b'],
    ['//a//b.c~d', '/a/b.c~d'],
  ])('takes %j as %j', (raw, value) => {
    expect(parsePrefix(raw)).toEqual({ value });
  });

  it.each(['/a b', '/a?x', '/:id', '/a/../b', '/.', '/ä', "/a'b"])('refuses %j', (raw) => {
    expect(parsePrefix(raw)).toEqual({
      problem: `invalid path ${JSON.stringify(raw)}: expected letters, digits, and . _ ~ - between slashes, such as /example.`,
    });
  });
});
