// Prints the README's table "Runs in" from the results of the matrix.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(new URL('results.json', import.meta.url), 'utf8'));
if (results.some(({ failures }) => failures.length > 0))
  throw new Error('the matrix failed; there is no table');

const shown = results.filter(({ setting }) => !setting.startsWith('refusal'));
console.log('| Runtime | Version | Run there | Binary | `trainAsync` in |\n|---|---|---|---|---|');
for (const name of new Set(shown.map(({ runtime }) => runtime))) {
  const rows = shown.filter(({ runtime }) => runtime === name);
  const settings = rows.map(({ setting }) => setting).join(', ');
  const binary = rows.find(({ binary }) => binary !== undefined)?.binary ?? '–';
  const ways = [...new Set(rows.flatMap(({ trainsIn }) => trainsIn ?? []))].join(', ') || '–';
  console.log(`| ${name} | ${rows[0].version} | ${settings} | ${binary} | ${ways} |`);
}
