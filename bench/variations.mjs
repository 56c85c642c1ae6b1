// What a step can have in the place of what the textbook's has, or beside it.
// `options` are those of the public interface. `part` are the kernels of kernels/parts.ts that do just this, with what
// they take from bindings/options.ts and bindings/optimizer.ts: the number in the core's enum, and the settings.

/** In the order of the core's enum. */
const ACTIVATIONS = ['tanh', 'relu', 'leakyRelu', 'sigmoid', 'elu', 'gelu', 'silu', 'softplus', 'identity'];
const OUTPUTS = ['softmax', 'sigmoid', 'linear'];

const MOMENTUM = 0.9,
  BETAS = [0.9, 0.999],
  EPSILON = 1e-8;

const OPTIMIZERS = [
  ['sgd', 'sgd', [0, 0, 0, 0, 0]],
  ['sgd, momentum', { name: 'sgd', momentum: MOMENTUM }, [0, MOMENTUM, 0, 0, 0]],
  ['sgd, nesterov', { name: 'sgd', momentum: MOMENTUM, nesterov: true }, [0, MOMENTUM, 1, 0, 0]],
  ['rmsprop', 'rmsprop', [1, 0.99, EPSILON, 0, 0]],
  ['adam', 'adam', [2, ...BETAS, EPSILON, 0]],
  ['adamw', 'adamw', [3, ...BETAS, EPSILON, 0.01]],
];

const L2 = 1e-4,
  DROPOUT = 0.2;

/** So short that every gradient is cut back. */
const CLIP_NORM = 1e-6;

const BATCH = 32;

/** These are the textbook's step itself. */
export const TEXTBOOK = ['activation tanh', 'output softmax', 'optimizer sgd'];

const variations = [
  ...ACTIVATIONS.map((activation, number) => ({
    name: `activation ${activation}`,
    options: { activation },
    part: { kernels: ['activations', 'slopes'], settings: [number] },
  })),
  ...OUTPUTS.map((output, number) => ({
    name: `output ${output}`,
    options: { output },
    part: { kernels: ['costs'], settings: [number] },
  })),
  ...OPTIMIZERS.map(([name, optimizer, settings]) => ({
    name: `optimizer ${name}`,
    options: { optimizer },
    part: { kernels: ['updates'], settings },
  })),
  { name: 'l2', options: { l2: L2 }, part: { kernels: ['penalties'], settings: [L2] } },
  {
    name: `dropout ${DROPOUT}`,
    options: { dropout: DROPOUT },
    part: { kernels: ['drops'], settings: [DROPOUT] },
  },
  { name: 'clipNorm', options: { clipNorm: CLIP_NORM }, part: { kernels: ['clips'], settings: [CLIP_NORM] } },
  { name: `batches of ${BATCH}, in order`, options: { batchSize: BATCH, shuffle: false } },
  { name: `batches of ${BATCH}, shuffled`, options: { batchSize: BATCH } },
];

/** Those that differ from each other in a case of so many rows. */
export const variationsFor = (rows) => variations.filter(({ options }) => !(options.batchSize >= rows));
