import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The lint script skips files that have not changed. It may miss what rules with types would report in
// such a file because a type that it imports changed; the type-check skips nothing. A pipeline, which
// has no cache, finds the rest, as does deleting `node_modules/.cache`.
export default defineConfig(
  globalIgnores(['dist', 'coverage', 'tools', 'src/infrastructure/databases/generated']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // The type-check finds names that are not there.
      'no-undef': 'off',
      // Async turns what is thrown into a rejection, even where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
);
