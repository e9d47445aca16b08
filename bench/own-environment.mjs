import process from 'node:process';

/**
 * The environment of what is measured: nothing of whoever started this decides what a command does, but
 * how to reach a registry.
 */
export function ownEnvironment() {
  const kept =
    /^(path|home|tmpdir|node_extra_ca_certs|\w+_proxy|npm_config_(registry|cache|userconfig))$/i;
  const entries = Object.entries(process.env).filter(([name]) => kept.test(name));
  return { ...Object.fromEntries(entries), NO_COLOR: '1', TEST_DATABASE: 'embedded' };
}
