import { describe, expect, it } from 'vitest';
import { parseField } from '../../generators/resource/language/parse-field.ts';
import { renderedText } from '../support/rendered.ts';

const article = renderedText().get('docs/resources.md') ?? '';
const commands = [...article.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);
const fieldTable = article.slice(article.indexOf('## Fields'), article.indexOf('In quotes'));

describe('docs/resources.md', () => {
  it('has commands that bash, zsh, PowerShell and cmd all leave alone', () => {
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((command) => !/^[\w:.=@ "-]+$/.test(command))).toEqual([]);
  });

  it('has examples of fields that can be parsed', () => {
    const examples = [...fieldTable.matchAll(/`([a-z]+:[a-z][\w:.]*)`/g)]
      .map(([, text = '']) => text)
      .filter((text) => !text.startsWith('unique:'));
    expect(examples.length).toBeGreaterThan(10);
    expect(examples.flatMap((text) => parseField(text).problems)).toEqual([]);
  });
});
