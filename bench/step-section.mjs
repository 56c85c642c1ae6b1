// The table of what activations, outputs, optimisers and other options cost in a step.
import { summarize } from './peers/statistics.mjs';
import { exactPercent, microseconds, percent, table } from './tables.mjs';
import { TEXTBOOK } from './variations.mjs';

const PRECISIONS = ['f64', 'f32'];

const FIGURES = ['µs', '× textbook', 'spread', 'own share'];

const median = (values) => summarize(values).median;

/** Seconds of the textbook's step in each round. */
function textbook(steps) {
  const copies = steps.filter(({ variation }) => TEXTBOOK.includes(variation));
  return copies[0].samples.map((_, round) => median(copies.map(({ samples }) => samples[round])));
}

/** Round by round, as the rounds differ more than the turns of one. */
const ratios = (samples, to) => summarize(samples.map((seconds, round) => seconds / to[round]));

/** The figures of each variation in one precision. */
function columns(results) {
  const steps = results.filter(({ measured }) => measured === 'step');
  const reference = textbook(steps);
  return steps.map(({ variation, median: seconds, samples }) => {
    const relative = ratios(samples, reference);
    const part = results.find((one) => one.measured === 'part' && one.variation === variation);
    return [
      microseconds(seconds),
      relative.median.toFixed(2),
      percent(relative.spread),
      part ? exactPercent(ratios(part.samples, samples).median) : '',
    ];
  });
}

function caseTable(results) {
  const [{ name, samples }] = results;
  const [f64, f32] = PRECISIONS.map((precision) => results.filter((one) => one.precision === precision));
  const right = columns(f32);
  const rows = columns(f64).map((left, i) => [f64[i].variation, ...left, ...right[i]]);
  const heads = PRECISIONS.flatMap((precision) => FIGURES.map((head) => `${precision}, ${head}`));
  return [`${name}, ${samples.length} rounds:`, '', table(['step', ...heads], rows)];
}

export function stepSection({ binaries: [binary], steps }) {
  return [
    '## What activations, outputs, optimisers and other options cost in a step',
    '',
    `µs an iteration through the public interface, ${binary}. The textbook’s step is tanh, softmax and sgd over all rows at once; each row`,
    'of the table changes one thing. Rows tanh, softmax and sgd are all the textbook’s step: in every round the median of the three is',
    'what the others are compared with, and how far each is from 1 shows what is chance. Spread is that of the ratio.',
    '',
    'The own share is that part of the row’s step which the thing itself takes. It is no difference of steps: its kernels are called alone,',
    'for all rows or parameters of a step (`kernels/parts.ts`), and take turns with the steps. An activation’s part is f, f′ and the product',
    'with f′ on the way back; an output’s is its function, its cost and the error term; an optimiser’s is the update. The operands may be',
    'farther from the processor than in a step, or nearer. Batches are no kernel: they bring more updates and, shuffled, the gathering of rows.',
    '',
    'All rows run in one process. V8 inlines into a kernel what is called often when it optimises it, which is while the first rows run;',
    'what comes later keeps its calls. So a program with one kind of network may take less than its row says.',
    '',
    ...steps.flatMap(caseTable),
  ].join('\n');
}
