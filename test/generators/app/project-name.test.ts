import { describe, expect, it } from 'vitest';
import { projectNameProblem, suggestProjectName } from '../../../generators/app/project-name.ts';

describe('projectNameProblem', () => {
  it.each(['my-service', 'orders2', 'a', 'x.y', 'under_score', '7up', 'a'.repeat(214)])(
    'accepts %s',
    (name) => {
      expect(projectNameProblem(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'length must be greater than zero'],
    ['.hidden', 'cannot start with a period'],
    ['-flag', 'cannot start with a hyphen'],
    ['_private', 'cannot start with an underscore'],
    ['My-Service', 'can no longer contain capital letters'],
    ['two words', 'can only contain URL-friendly characters'],
    ['a:b', 'can only contain URL-friendly characters'],
    ['what?', 'can only contain URL-friendly characters'],
    ['späti', 'can only contain URL-friendly characters'],
    ['nice!', `can no longer contain special characters ("~'!()*")`],
    ['node_modules', 'is not a valid package name'],
    ['favicon.ico', 'is not a valid package name'],
    ['http', 'is a core module name'],
    ['con', 'is reserved on Windows'],
    ['nul.txt', 'is reserved on Windows'],
    ['lpt1', 'is reserved on Windows'],
    ['service.', 'ends with a dot, which Windows drops'],
    ['a'.repeat(215), 'is longer than 214 characters'],
  ])('refuses %j', (name, problem) => {
    expect(projectNameProblem(name)).toBe(problem);
  });
});

describe('suggestProjectName', () => {
  it.each([
    ['My Service', 'my-service'],
    ['.hidden.', 'hidden'],
    ['Späti & Söhne', 'spati-sohne'],
    ['http', 'http-service'],
    ['con', 'con-service'],
    ['nul.txt', 'service-nul.txt'],
    ['node_modules', 'node_modules-service'],
    ['---', 'my-service'],
    ['注文', 'my-service'],
    ['', 'my-service'],
  ])('makes of %j an acceptable name', (name, suggestion) => {
    expect(suggestProjectName(name)).toBe(suggestion);
    expect(projectNameProblem(suggestion)).toBeUndefined();
  });

  it('shortens what is too long', () => {
    expect(suggestProjectName('a'.repeat(300))).toBe('a'.repeat(214));
  });
});
