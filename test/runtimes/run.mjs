// Runs the packed tarball in every runtime and through every bundler, and prints one table.
// A word on the command line picks the rows whose runtime or setting contains it.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeApp } from './lib/app.mjs';
import { takeReports } from './lib/server.mjs';
import { table } from './lib/table.mjs';
import { rows as browsers } from './matrix/browsers.mjs';
import { rows as bundlers } from './matrix/bundlers.mjs';
import { rows as commandLine } from './matrix/command-line.mjs';
import { rows as manyNetworks } from './matrix/many-networks.mjs';
import { rows as workerExample } from './matrix/worker-example.mjs';
import { rows as workers } from './matrix/workers.mjs';

const GROUPS = [commandLine, workers, workerExample, browsers, bundlers, manyNetworks];

const wanted = (process.argv[2] ?? '').toLowerCase();
const app = await makeApp();
const reports = await takeReports();
const rows = GROUPS.flatMap((group) => group(app, reports)).filter(({ runtime, setting }) =>
  `${runtime} ${setting}`.toLowerCase().includes(wanted),
);

const results = [];
for (const row of rows) results.push(await resultOf(row));
checkHashes(results);
rmSync(dirname(app), { recursive: true, force: true });

console.log(`\n${table(results)}`);
for (const { runtime, setting, failures } of results)
  for (const failure of failures) console.log(`\n${runtime}, ${setting}: ${failure}`);
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(results, undefined, 2)}\n`);

const failed = results.filter(({ failures }) => failures.length > 0).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && results.length > 0 ? 0 : 1);

async function resultOf({ runtime, setting, version, trainsIn, run }) {
  const named = { runtime, setting };
  const start = performance.now();
  try {
    named.version = await version();
    Object.assign(named, await run());
    if (named.trainsIn !== trainsIn && named.failures.length === 0)
      named.failures.push(`expected trainAsync in ${trainsIn}, got ${named.trainsIn}`);
  } catch (error) {
    named.failures = [error.message];
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.error(
    `${runtime}, ${setting}: ${named.failures.length === 0 ? 'passed' : 'FAILED'} in ${seconds} s`,
  );
  return named;
}

/** Every runtime that gives a hash must give the first one's. */
function checkHashes(results) {
  const first = results.find(({ hash }) => hash !== undefined);
  for (const { hash, failures } of results)
    if (hash !== undefined && hash !== first.hash)
      failures.push(`the hash differs from that of ${first.runtime}, ${first.setting}`);
}
