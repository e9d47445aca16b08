import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/package-root.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const answers = serviceAnswers();
const files = renderService(answers);
const text = (path: string) => files.find((file) => file.path === path)?.contents.toString() ?? '';

describe('renderService', () => {
  it('gives the same bytes for the same answers', () => {
    expect(renderService(serviceAnswers())).toEqual(files);
  });

  it('sorts by path', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(paths.toSorted());
  });

  it('names the service', () => {
    expect(JSON.parse(text('package.json'))).toMatchObject({
      name: 'my-service',
      description: answers.description,
    });
  });

  it('holds no machine path, no carriage return and no tag that was not rendered', () => {
    const wrong = files.filter(({ path, contents }) =>
      [packageRoot, '\r', '<%', '__kebab__'].some(
        (part) => path.includes(part) || contents.includes(part),
      ),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('keeps the example out of a service without it, and its markers in', () => {
    const bare = renderService({ ...answers, example: false });
    const mentions = bare
      .filter(
        ({ path, contents }) =>
          path.includes('todo') || (path.startsWith('src/') && /todo/i.test(contents.toString())),
      )
      .map(({ path }) => path);
    expect(mentions).toEqual([]);
    const removed = new Set(bare.map(({ path }) => path));
    expect(files.some(({ path }) => path.includes('todo') && !removed.has(path))).toBe(true);
  });

  it('says what to do when the tools of a service were not built', () => {
    expect(() => renderService(answers, [], temporaryFolder())).toThrow('run `npm run build`');
  });

  it('refuses two templates for one file', () => {
    const templates = temporaryFolder();
    writeFiles(templates, {
      ...{
        'service/a': '',
        'service/tools/b': '',
        'package-managers/npm/b': '',
        'features/docker/a.ejs': '',
      },
    });
    const bare = { ...answers, example: false, features: ['docker'] as const };
    expect(() => renderService(bare, [], templates)).toThrow('Two templates make a');
  });
});
