// Renders RESULTS.md and chart.svg from the raw results, of whichever of the two benchmarks has run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { barSection } from './bars.mjs';
import { chart } from './chart.mjs';
import { report as peerSection } from './peers/report.mjs';
import { caseSection, growthSection, kernelSection, memorySection } from './sections.mjs';
import { stepSection } from './step-section.mjs';

export const RESULTS = new URL('results/', import.meta.url);
const REPORT = new URL('RESULTS.md', import.meta.url);
const CHART = new URL('chart.svg', import.meta.url);

function read(name) {
  const file = new URL(name, RESULTS);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** The contestant itself in the place of its id, as peers/report.mjs wants it. */
function resolved(peers) {
  const contestant = (id) => peers.contestants.find((one) => one.id === id);
  const cases = peers.cases.map(({ results, failures, ...spec }) => ({
    spec,
    results: results.map(({ id, ...result }) => ({ contestant: contestant(id), ...result })),
    failures: failures.map(({ id, remark }) => ({ contestant: contestant(id), remark })),
  }));
  return { ...peers, cases };
}

/** Above this many waiting programs a core, turns are interrupted and medians say more about those than about us. */
const BUSY = 1;

/** What a command ran on; `note` ends the line. */
function runOn(command, { machine, seconds }, note) {
  const { processor, cores, platform, node, v8, loadAverage } = machine;
  const busy = loadAverage / cores > BUSY ? ' **The machine was busy: long turns were interrupted.**' : '';
  return `- \`${command}\`: ${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${platform}, Node ${node} (V8 ${v8}), load average ${loadAverage.toFixed(2)} at the start, ${Math.round(seconds)} s; ${note}.${busy}`;
}

const benchNote = ({ binaries }) => `binaries that this engine runs: ${binaries.join(', ')}`;
const peersNote = ({ contestants }) => `${contestants.length} contestants`;

export function writeReport() {
  const bench = read('bench.json'),
    peers = read('peers.json');
  if (peers) writeFileSync(CHART, chart(peers));
  const parts = [
    '# Results',
    '',
    'Written by `npm run bench` and `npm run bench:peers`; every measurement is in `results/`. Times are wall clock, one thread.',
    'Tasks take turns, round after round; spread is the interquartile range over the median of the rounds.',
    '',
    ...(bench ? [runOn('npm run bench', bench, benchNote(bench))] : []),
    ...(peers ? [runOn('npm run bench:peers', peers, peersNote(peers))] : []),
    '',
    ...(peers ? ['![Time per iteration relative to ours](chart.svg)', ''] : []),
    barSection(bench, peers),
    ...(bench
      ? [kernelSection, caseSection, stepSection, growthSection, memorySection].map((section) =>
          section(bench),
        )
      : []),
    ...(peers ? [peerSection(resolved(peers))] : []),
  ];
  writeFileSync(REPORT, parts.join('\n'));
}

if (process.argv[1] === import.meta.filename) writeReport();
