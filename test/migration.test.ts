import { describe, expect, test } from 'vitest';
import { blocks, promised, read, run, type Block } from './markdown.js';

const programs = blocks(read('MIGRATION.md'));
const imports = (name: string) => (program: Block) => program.code.includes(` from '${name}'`);
const ours = programs.filter(imports('feedforward-wasm'));

test('three programs stand beside those of four libraries', () => {
  expect(ours).toHaveLength(3);
  for (const name of ['brain.js', '@tensorflow/tfjs', 'convnetjs'])
    expect(programs.filter(imports(name))).toHaveLength(3);
  const python = programs.filter(({ language }) => language === 'python');
  expect(python.filter(({ code }) => code.includes('from sklearn.neural_network import MLP'))).toHaveLength(
    3,
  );
  expect(programs).toHaveLength(15);
});

describe('ours', () => {
  test.each(['XOR', 'iris', 'a curve'].map((name, i): [string, Block] => [name, ours[i]!]))(
    'for %s prints what its comments say',
    (_, program) => {
      expect(promised(program)).not.toBe('');
      expect(run(program.code)).toBe(promised(program));
    },
  );
});
