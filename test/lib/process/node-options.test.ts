import { describe, expect, it } from 'vitest';
import { keptNodeOptions } from '../../../lib/process/node-options.ts';

describe('keptNodeOptions', () => {
  it.each([
    '',
    '--max-old-space-size=4096',
    '--max_old_space_size=4096',
    '--use-openssl-ca',
    '--use-system-ca --dns-result-order=ipv4first',
    '--openssl-config "/a b/openssl.cnf"',
    '--tls-cipher-list=A:B --no-network-family-autoselection',
  ])('keeps %s', (value) => {
    expect(keptNodeOptions(value)).toBe(value);
  });

  it.each([
    '--inspect',
    '--inspect-brk=127.0.0.1:9229',
    '--require ./bootloader.js',
    '-r ./bootloader.js',
    '--require "/a b/bootloader.js"',
    '--import=tsx --trace-warnings',
    '--loader ts-node/esm --no-warnings',
    '--experimental-vm-modules',
    '--env-file .env',
  ])('drops %s', (value) => {
    expect(keptNodeOptions(value)).toBe('');
  });

  it('keeps the argument of an option with it', () => {
    const value = '--require a.js --openssl-config x.cnf --import b.js --use-openssl-ca';
    expect(keptNodeOptions(value)).toBe('--openssl-config x.cnf --use-openssl-ca');
  });
});
