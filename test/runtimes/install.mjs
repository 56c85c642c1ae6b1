// Makes the machine ready for the matrix: the packages of this folder, and browsers from Debian.
// With --apt, as root, what Debian lacks is installed; without, it is named and the exit code is 1.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEBIAN_PROGRAMS } from './lib/debian.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const inherit = { stdio: 'inherit' };

const changed = (file) => statSync(here + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (changed('node_modules/.package-lock.json') < changed('package-lock.json'))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, ...inherit });

const missing = Object.values(DEBIAN_PROGRAMS).filter(({ path }) => !existsSync(path));
const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
if (packages.length > 0 && process.argv.includes('--apt')) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { env, ...inherit });
  execFileSync('apt-get', ['install', '-qq', '--no-install-recommends', ...packages], { env, ...inherit });
} else if (packages.length > 0) {
  console.error(`missing on this machine: apt-get install ${packages.join(' ')}`);
  process.exitCode = 1;
}
