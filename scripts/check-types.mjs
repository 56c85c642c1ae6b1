// Checks the packed declarations as users do: oldest and newest TypeScript, both resolutions, no DOM, no skipLibCheck.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILERS = ['typescript-5.9', 'typescript'];
const RESOLUTIONS = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'feedforward-types-'));
const tarball = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
execFileSync('npm', ['install', '--silent', join(folder, String(tarball).trim())], { cwd: folder });
copyFileSync(join(root, 'test/types/consumer.ts'), join(folder, 'consumer.ts'));

for (const compiler of COMPILERS) {
  for (const resolution of RESOLUTIONS) {
    const compilerOptions = {
      ...resolution,
      target: 'es2023',
      lib: ['es2023'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    check(compiler, resolution.moduleResolution);
  }
}
rmSync(folder, { recursive: true, force: true });

function check(compiler, resolution) {
  const tsc = join(root, 'node_modules', compiler, 'bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    console.log(`${compiler}, ${resolution}: the declarations pass`);
  } catch ({ stdout }) {
    console.error(`${compiler}, ${resolution}:\n${stdout}`);
    process.exitCode = 1;
  }
}
