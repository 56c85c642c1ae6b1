import { readFileSync } from 'node:fs';
import { FeedforwardNN, trainTestSplit } from 'feedforward-wasm';

const [, ...lines] = readFileSync('examples/data/iris.csv', 'utf8').trim().split('\n');
const x = lines.map((line) => line.split(',').slice(0, 4).map(Number));
const y = lines.map((line) => line.slice(line.lastIndexOf(',') + 1));

// Train on four flowers of five, test on the fifth.
const iris = trainTestSplit(x, y, { testSize: 0.2, stratify: true });
const nn = new FeedforwardNN({ layers: [4, 10, 3], learningRate: 0.05, iterations: 1000 });
nn.train(iris.xTrain, iris.yTrain);
console.log('accuracy', nn.evaluate(iris.xTest, iris.yTest).accuracy.toFixed(3));

const flower = [[6.0, 2.7, 5.1, 1.6]];
const p = nn.predict(flower);
console.log(nn.classes?.map((name, j) => `${name} ${p.at(0, j).toFixed(3)}`).join(', '));
console.log('so it is a', nn.classify(flower)[0]);
