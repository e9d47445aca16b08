import fc from 'fast-check';
import { parseDescription } from '../../generators/app/parse-project.ts';

/** What means something to npm, EJS, String.replace, JSON, Markdown, YAML, TypeScript or a shell. */
const fragments = [
  ...['npm test', 'npm run dev -- x', 'npm ci', 'pnpm run test --', 'yarn run lint'],
  ...['<%= name %>', '<%- port -%>', '%>', '$&', '$1', '${name}', '__name__', '_dot_'],
  ...['"', "'", '\\', '\\n', '/*', '*/', '//', ': ', ' #', '- ', '{', '}', '`', '```', '|'],
  ...['# ', '> ', '+ ', '1. ', '2) ', '---', '===', '~~', '~', '*', '**', '_', '__', '![', '](x)'],
  ...['[x]: y', '[^1]', '<script>', '<!--', '<b>', '&amp;', '&#38;', '&lt', 'http://', 'www.'],
  ...['https://a.example/x_y', 'me@a.example', 'snake_case', '  ', ' ', '\u00a0', '\ufeff'],
];

/** Any description that the generator accepts, as it accepts it. */
export const descriptions = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 30,
  })
  .map((parts) => parseDescription('The default')(parts.join('')))
  .filter((parsed) => 'value' in parsed)
  .map(({ value }) => value);
