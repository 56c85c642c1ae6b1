import {
  Matrix,
  type FeedforwardNNOptions,
  type MatrixLike,
  type Output,
  type TargetsLike,
  type TrainOptions,
  type TrainResult,
  type FeedforwardNN,
} from '../../bindings/index.js';
import { GOLDEN } from '../golden/cases.js';
import { flat } from '../networks.js';

/** 150 rows of 4 numbers, of three classes. */
export const { x, labels } = GOLDEN.find(({ name }) => name === 'iris')!;

/** Rows [first, last) of x. */
export const rowsOf = (first: number, last: number): Matrix =>
  new Matrix(last - first, 4, x.data.subarray(first * 4, last * 4));

/** What there is in a training that goes on from one pass to the next, or that is drawn. */
export interface Case {
  readonly name: string;
  readonly options: FeedforwardNNOptions<Output>;
  readonly y?: TargetsLike;
  readonly train?: TrainOptions;
}

/** So wide that its rows take three blocks, in f32 two. */
const plain = { layers: [4, 200, 3], seed: 5, learningRate: 0.05, init: 'glorot' } as const;
const batched = { ...plain, batchSize: 32 };

/** Columns 0 and 1 from columns 2 and 3, as numbers and as whether they are above their means. */
const numbers = new Matrix(
  150,
  2,
  Float64Array.from({ length: 300 }, (_, k) => x.at(k >> 1, k & 1)),
);
const shares = new Matrix(
  150,
  2,
  numbers.data.map((value, k) => Number(value > [5.8, 3][k & 1]!)),
);

export const CASES: readonly Case[] = [
  { name: 'all rows at once', options: plain },
  { name: 'batches in order', options: { ...batched, shuffle: false } },
  { name: 'shuffled batches', options: batched },
  { name: 'shuffled single rows', options: { ...plain, batchSize: 1 } },
  { name: 'momentum', options: { ...batched, optimizer: { name: 'sgd', momentum: 0.9 } } },
  {
    name: 'nesterov',
    options: { ...batched, optimizer: { name: 'sgd', momentum: 0.9, nesterov: true } },
  },
  { name: 'rmsprop', options: { ...batched, learningRate: 0.01, optimizer: 'rmsprop' } },
  { name: 'adam', options: { ...batched, learningRate: 0.01, optimizer: 'adam' } },
  { name: 'adamw', options: { ...batched, learningRate: 0.01, optimizer: 'adamw' } },
  { name: 'dropout', options: { ...plain, dropout: 0.3 } },
  {
    name: 'dropout in shuffled batches of two layers, in f32',
    options: { ...batched, layers: [4, 12, 9, 3], dropout: 0.2, precision: 'f32', optimizer: 'adam' },
  },
  { name: 'l2 and clipNorm', options: { ...batched, l2: 0.01, clipNorm: 0.1 } },
  {
    name: 'a schedule of steps',
    options: { ...plain, learningRate: { schedule: 'step', initial: 0.5, every: 7, warmup: 3 } },
  },
  {
    name: 'an exponential schedule',
    options: { ...plain, learningRate: { schedule: 'exponential', initial: 0.5, factor: 0.97 } },
  },
  {
    name: 'a cosine schedule with warm-up',
    options: { ...plain, learningRate: { schedule: 'cosine', initial: 0.5, iterations: 30, warmup: 5 } },
  },
  { name: 'a function as schedule', options: { ...plain, learningRate: (i) => 0.5 / (1 + i) } },
  { name: 'standardised rows', options: { ...batched, scaling: 'standardize' } },
  { name: 'rows scaled to [0, 1], in f32', options: { ...plain, scaling: 'minMax', precision: 'f32' } },
  {
    name: 'sigmoid outputs',
    options: { ...batched, layers: [4, 8, 2], output: 'sigmoid', activation: 'relu' },
    y: shares,
  },
  { name: 'linear outputs', options: { ...batched, layers: [4, 8, 2], output: 'linear' }, y: numbers },
  { name: 'labels that are words', options: plain, y: Array.from(labels, (c) => 'abc'[c]!) },
  {
    name: 'weights of rows and classes',
    options: batched,
    train: { sampleWeights: Array.from(labels, (_, i) => i % 4), classWeights: 'balanced' },
  },
];

const shuffledBatches = CASES.find(({ name }) => name === 'shuffled batches')!;
const words = CASES.find(({ name }) => name === 'labels that are words')!;
/** Trainings that are judged as they go, or told of. */
export const JUDGED: readonly Case[] = [
  { ...shuffledBatches, name: 'a share for validation', train: { validation: 0.3 } },
  {
    ...words,
    name: 'given rows for validation',
    train: { validation: { x: rowsOf(40, 110), y: Array.from(labels.subarray(40, 110), (c) => 'abc'[c]!) } },
  },
  {
    ...shuffledBatches,
    name: 'early stopping by validation rows',
    train: { validation: 0.3, earlyStopping: { patience: 2, minimumChange: 0.001 }, learningRate: 0.8 },
  },
  {
    ...shuffledBatches,
    name: 'early stopping by the training rows',
    train: { earlyStopping: { patience: 2 }, learningRate: 0.8 },
  },
  { ...shuffledBatches, name: 'reports of every pass', train: { progressEvery: 1 } },
];

/** The rows and targets of a case. */
export const dataOf = ({ y = labels }: Case): [MatrixLike, TargetsLike] => [x, y];

/** The bits of a network's parameters and of the costs of its trainings. */
export function bitsOf(
  network: Pick<FeedforwardNN<Output>, 'getParameters'>,
  ...results: Pick<TrainResult, 'costHistory'>[]
): BigUint64Array {
  const costs = results.flatMap(({ costHistory }) => [...costHistory]);
  return new BigUint64Array(Float64Array.from([...flat(network), ...costs]).buffer);
}
