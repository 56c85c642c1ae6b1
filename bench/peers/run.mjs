// The comparison in one command; see README.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { caseNames, makeCase } from './cases.mjs';
import { gather } from './contestants.mjs';
import { machine } from './machine.mjs';
import { contestants as reference } from './plain-js.mjs';
import { report } from './report.mjs';
import { compete } from './rounds.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    cases: { type: 'string', default: caseNames.join() },
    rounds: { type: 'string', default: '12' },
    json: { type: 'string' },
  },
});
const log = (line) => process.stderr.write(`${line}\n`);

const start = performance.now();
const description = machine();
const { present, missing } = await gather(options.only?.split(','));
const cases = [];
for (const name of options.cases.split(',')) {
  const spec = makeCase(name);
  const { cost } = reference()[0].setup(spec).run(spec.checkIterations);
  cases.push({ spec, ...(await compete(present, spec, cost, Number(options.rounds), log)) });
}
for (const contestant of present) contestant.close?.();

const seconds = (performance.now() - start) / 1000;
process.stdout.write(report({ machine: description, contestants: present, missing, cases, seconds }));

if (options.json) {
  const identity = ({ id, name, version, precision, threads }) => ({ id, name, version, precision, threads });
  writeFileSync(
    options.json,
    `${JSON.stringify(
      {
        machine: description,
        seconds,
        contestants: present.map(identity),
        missing,
        cases: cases.map(
          ({ spec: { name, kind, rows, layers, learningRate, checkIterations }, results, failures }) => ({
            name,
            kind,
            rows,
            layers,
            learningRate,
            checkIterations,
            results: results.map(({ contestant, ...result }) => ({ id: contestant.id, ...result })),
            failures: failures.map(({ contestant, remark }) => ({ id: contestant.id, remark })),
          }),
        ),
      },
      null,
      1,
    )}\n`,
  );
}
