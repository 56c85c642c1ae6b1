// npm run bench:peers: the core beside other libraries; peers/README.md says how they are compared.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preferredNode } from './engine.mjs';
import { RESULTS, writeReport } from './report.mjs';

const folder = fileURLToPath(new URL('peers/', import.meta.url));

/** What npm does not install: how it shows that it is there, and where Debian has it. */
const PROGRAMS = [
  { check: ['cc', '--version'], debianPackage: 'gcc' },
  { check: ['/usr/bin/python3', '-c', 'import numpy'], debianPackage: 'python3-numpy' },
  { check: ['/usr/bin/python3', '-c', 'import torch'], debianPackage: 'python3-torch' },
];

function isThere([command, ...args]) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const changed = (file) => statSync(folder + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const installed = existsSync(`${folder}node_modules`);
if (!installed || changed('node_modules/.package-lock.json') < changed('package-lock.json'))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });

const missing = PROGRAMS.filter(({ check }) => !isThere(check)).map(({ debianPackage }) => debianPackage);
if (missing.length > 0)
  console.error(`not on this machine, so left out: ${missing.join(', ')} (names of Debian packages)`);

mkdirSync(RESULTS, { recursive: true });
const json = fileURLToPath(new URL('peers.json', RESULTS));
const args = [`${folder}run.mjs`, '--json', json, ...process.argv.slice(2)];
execFileSync(preferredNode(), args, { stdio: ['ignore', 'ignore', 'inherit'] });
writeReport();
