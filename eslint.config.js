import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // The templates, and tests that run in a made service, are linted there.
  globalIgnores(['dist', 'coverage', 'templates', 'test/made-service']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers are safe to print.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // lib/process/output.ts prints, so that nothing else can spoil a JSON report.
    files: ['{create,generators,lib}/**/*.ts'],
    ignores: ['lib/process/output.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // A type of JSDoc does not count for what JSON.parse gives.
    files: ['{bench,scripts}/**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // What vitest matches with, such as expect.stringContaining(), is typed any.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
