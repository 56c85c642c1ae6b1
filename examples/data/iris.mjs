// Fisher's iris, every fifth flower held out: rows of four measurements in cm, and the species by name.
import { readFileSync } from 'node:fs';

const [, ...lines] = readFileSync(new URL('iris.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const flowers = lines.map((line) => line.split(','));
const training = flowers.filter((_, i) => i % 5 !== 4);
const heldOut = flowers.filter((_, i) => i % 5 === 4);

export const xTrain = training.map((flower) => flower.slice(0, 4).map(Number));
export const yTrain = training.map((flower) => flower[4]);
export const xTest = heldOut.map((flower) => flower.slice(0, 4).map(Number));
export const yTest = heldOut.map((flower) => flower[4]);
