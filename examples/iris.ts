import { readFileSync } from 'node:fs';
import { FeedforwardNN } from 'feedforward-wasm';

const lines = readFileSync('examples/data/iris.csv', 'utf8').trim().split('\n').slice(1);
const flowers = lines.map((line) => line.split(','));
const species = [...new Set(flowers.map((flower) => flower[4]))];
const x = flowers.map((flower) => flower.slice(0, 4).map(Number));
const y = flowers.map((flower) => species.indexOf(flower[4]));

// Train on four flowers of five, test on every fifth.
const nn = new FeedforwardNN({ layers: [4, 10, 3], learningRate: 0.05, iterations: 1000 });
const xTrain = x.filter((_, i) => i % 5 !== 4);
const yTrain = y.filter((_, i) => i % 5 !== 4);
const xTest = x.filter((_, i) => i % 5 === 4);
const yTest = y.filter((_, i) => i % 5 === 4);
nn.train(xTrain, yTrain);
console.log('accuracy', nn.evaluate(xTest, yTest).accuracy.toFixed(3));

const p = nn.predict([[6.0, 2.7, 5.1, 1.6]]);
console.log(species.map((name, j) => `${name} ${p.at(0, j).toFixed(3)}`).join(', '));
