import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Packs the package and installs the tarball into a new folder, beside the programs that use it.
 *
 * @returns {Promise<string>} the folder
 */
export async function makeApp() {
  const folder = mkdtempSync(join(tmpdir(), 'feedforward-runtimes-'));
  const app = join(folder, 'app');
  mkdirSync(app);
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }\n');
  await run('npm', ['install', '--silent', join(folder, packed.trim())], { cwd: app });

  cpSync(join(root, 'test/runtimes/conformance'), app, { recursive: true });
  copyFileSync(join(root, 'test/golden/generator.mjs'), join(app, 'generator.mjs'));
  const { cases } = JSON.parse(readFileSync(join(root, 'test/golden/textbook.json'), 'utf8'));
  writeFileSync(join(app, 'golden.mjs'), `export default ${JSON.stringify(cases.iris)};\n`);
  return app;
}
