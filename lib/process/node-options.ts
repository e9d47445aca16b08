// What the machine needs: memory, certificates and the way to the network. Anything else, such as a
// debugger, a preloaded module or a loader, belongs to the process that it was set for: it could
// print a line at each start or replace a module of the service.
const KEPT =
  /^--(max-(old-space|semi-space|http-header)-size|use-(openssl|system|bundled)-ca|openssl-\w[\w-]*|tls-[\w-]+|dns-result-order|(no-)?network-family-autoselection[\w-]*|use-env-proxy)$/;

/** The part of a value of `NODE_OPTIONS` that also holds for other programs. */
export function keptNodeOptions(value: string): string {
  // An argument may be in double quotes, and the one of an option may follow after a space.
  const words = value.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  let keeps = false;
  return words
    .filter((word) => {
      const [name = ''] = word.split('=', 1);
      if (word.startsWith('-')) keeps = KEPT.test(name.replaceAll('_', '-'));
      return keeps;
    })
    .join(' ');
}
