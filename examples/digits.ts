// Teaches a network to read handwritten digits: `npm start`.
import { FeedforwardNN } from 'feedforward-wasm';
import { readCsv } from './csv.js';
import { holdOutFifth } from './digit-set.js';
import { logChart } from './terminal/chart.js';
import { confusion, confusionTable } from './terminal/confusion-table.js';
import { card, CARD_WIDTH, sideBySide } from './terminal/picture.js';
import { ProgressBar } from './terminal/progress-bar.js';
import { styleFor } from './terminal/style.js';

const style = styleFor(process.stdout, process.env);
const columns = Math.min(process.stdout.columns || 80, 80);
const print = (...lines: string[]): void => console.log(lines.join('\n'));
const heading = (text: string): void => print('', style.bold(text));
// A reader may leave early, as `npm start | head` does; that deserves no stack trace.
process.stdout.once('error', () => process.exit(1));

// 1. The data: drawings of 8×8 pixels. The network never sees those held out until it is asked about them.
const { training, heldOut } = holdOutFifth(readCsv(new URL('data/digits.csv', import.meta.url)));

// 2. The network: one hidden layer, trained by gradient descent over all rows at once.
const iterations = 1000;
const network = new FeedforwardNN({ layers: [64, 32, 10], learningRate: 0.8, iterations, seed: 0 });

heading('A network learns to read handwritten digits');
print(
  `${training.labels.length} drawings to learn from, ${heldOut.labels.length} held out: every fifth of each digit`,
  `64 pixels → 32 tanh → 10 softmax, in WebAssembly (${network.binary}, ${network.precision})`,
  '',
);

// 3. Training.
const bar = new ProgressBar(process.stdout, columns, style);
const begin = performance.now();
const { costHistory } = network.train(training.pixels, training.labels, {
  progressEvery: bar.every(iterations),
  onProgress: (progress) => bar.update(progress),
});
const seconds = (performance.now() - begin) / 1000;
bar.end(iterations, costHistory.at(-1)!);

heading('Cost at each pass over the training drawings (log scale)');
print(logChart(costHistory, { columns: Math.max(10, columns - 8), rows: 9 }, style));

// 4. The test: drawings that the network has never seen.
const { cost, accuracy } = network.evaluate(heldOut.pixels, heldOut.labels);
const probabilities = network.predict(heldOut.pixels);
const predicted = probabilities.argmax();
const perSecond = (count: number): string => Math.round(count / seconds).toLocaleString('en');

heading(`${(accuracy * 100).toFixed(1)} % of the held-out drawings read right`);
print(
  `${heldOut.labels.length} rows, cost ${cost.toFixed(4)}; trained in ${seconds.toFixed(2)} s: ` +
    `${perSecond(iterations)} iterations/s, ${perSecond(iterations * training.labels.length)} rows/s`,
  '',
  confusionTable(confusion(heldOut.labels, predicted, 10), columns, style),
);

// 5. Two drawings it reads right and one it does not, if there is one.
const rows = [...heldOut.labels.keys()];
const right = rows.filter((i) => heldOut.labels[i] === predicted[i]);
const wrong = rows.filter((i) => heldOut.labels[i] !== predicted[i]);
const shown = [...right.slice(0, 2), ...wrong.slice(0, 1), ...right.slice(2)].slice(0, 3);
const cards = shown.map((i) => card(heldOut.pixels[i]!, heldOut.labels[i]!, probabilities.row(i), style));

heading('Three of them, and what the network takes them for');
print(sideBySide(cards, CARD_WIDTH, columns), '');
