import { delimiter, join } from 'node:path';
import { keptNodeOptions } from './node-options.ts';
import { packageRoot } from '../package-root.ts';

/*
 * Whatever started this process must not decide what the made service's own commands do. Settings
 * that say how to reach a registry stay, and of databases TEST_DATABASE and TEST_DATABASE_URL.
 */
const DROPPED = [
  // The npm script around this process, and settings that change what gets installed.
  /^npm_(package|lifecycle|command|execpath|node_execpath)/,
  /^npm_config_(local_prefix|prefix|global|location|package|call|workspaces?|include_workspace_root)$/,
  /^npm_config_(omit|include|only|production|dev|optional|dry_run|package_lock|package_lock_only|bin_links)$/,
  /^npm_config_(ignore_scripts|save\w*|loglevel|json|parseable|script_shell|yes|color)$/,
  /^init_cwd$/,
  // A database of the user's, which a test could empty; last what libpq reads.
  /^(direct_|shadow_)?database_url$/,
  /^direct_url$/,
  /^pg([a-z]+|connect_timeout)$/,
  // Prisma's engines; where they are downloaded from stays.
  /^prisma_(?!engines_)/,
  // What the service reads, so that its tests see its defaults.
  /^(database_(pool_size|acquire_timeout_ms|statement_timeout_ms)|host|port|trust_proxy|log_level)$/,
  /^(service_prefix|service_context_token|cors_origins|rate_limit_max|itemize_limit)$/,
  /^(body_limit_bytes|(request|handler|shutdown)_timeout_ms|maintenance_poll_ms)$/,
  // The test run around this process, and settings of the service's tools.
  /^(vitest|test|mode|dev|prod|ssr|base_url)$/,
  /^(vitest|vite|tsx|eslint|prettier)_/,
  // What changes Node.js, or makes it print a line at each start. NODE_OPTIONS is filtered.
  /^node_(env|path|debug\w*|pending_deprecation|redirect_warnings|v8_coverage|test_context)$/,
  /^node_(preserve_symlinks\w*|channel_\w+|unique_id)$/,
  /^debug$/,
  /^(force_color|no_color|clicolor|clicolor_force)$/,
  // What `git rev-parse --local-env-vars` lists: the repository of a git hook around this process.
  /^git_(dir|work_tree|implicit_work_tree|common_dir|prefix|internal_super_prefix|index_file)$/,
  /^git_(object_directory|alternate_object_directories|shallow_file|graft_file)$/,
  /^git_(config|config_parameters|config_count|no_replace_objects|replace_ref_base)$/,
];

/** The environment for commands in the made service. */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !DROPPED.some((pattern) => pattern.test(name.toLowerCase().replaceAll('-', '_'))),
  );
  const values = kept.map(([name, value]) => [name, valueFor(name.toLowerCase(), value)] as const);
  return { ...Object.fromEntries(values), NO_COLOR: '1' };
}

function valueFor(name: string, value = ''): string {
  if (name === 'path') return withoutOwnTools(value);
  return name === 'node_options' ? keptNodeOptions(value) : value;
}

// npm puts this package's own tools in front: one that the made service forgets would be found.
function withoutOwnTools(path: string): string {
  const ownTools = join(packageRoot, 'node_modules', '.bin');
  return path
    .split(delimiter)
    .filter((folder) => folder !== ownTools)
    .join(delimiter);
}
