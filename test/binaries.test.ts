import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, compile } from '../bindings/core/binaries.js';
import { mostTileRows, probe } from '../bindings/core/probe.js';
import { BINARIES, networkOn } from './networks.js';

const built = (binary: string): Buffer => readFileSync(new URL(`../build/${binary}.wasm`, import.meta.url));

test.each(BINARIES)(
  'the %s binary travels as text and comes out as it was built, byte for byte',
  (binary) => {
    expect(Buffer.from(bytesOf(binary))).toEqual(built(binary));
  },
);

test.each(BINARIES)('the %s binary imports nothing', (binary) => {
  expect(WebAssembly.Module.imports(compile(binary))).toEqual([]);
});

test('the binary comes out the same, byte for byte, when it is built again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'feedforward-wasm-'));
  try {
    const again = join(folder, 'again.wasm');
    execFileSync('npx', ['asc', '--target', 'relaxed-simd', '--outFile', again]);
    execFileSync('node', ['scripts/optimize.mjs', again]);
    expect(readFileSync(again)).toEqual(built('relaxed-simd'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('both binaries run here, and the probe picks the one with relaxed SIMD', () => {
  expect(probe()).toBe('relaxed-simd');
  const ran = BINARIES.map((binary) => {
    using network = networkOn(binary, { layers: [2, 3, 2], init: { normal: 1 } });
    network.train([[0, 1]], [1], { iterations: 1 });
    return network.binary;
  });
  expect(ran).toEqual(['simd', 'relaxed-simd']);
});

test('an engine without relaxed SIMD gets the plain binary', () => {
  const validate = WebAssembly.validate;
  WebAssembly.validate = () => false;
  try {
    expect(probe()).toBe('simd');
  } finally {
    WebAssembly.validate = validate;
  }
});

test('an engine of 2025 gets tall tiles in the relaxed binary, and the same bits', () => {
  const { Float16Array } = globalThis as { Float16Array?: unknown };
  const trainOn = (sign: object): number[] => {
    delete (globalThis as { Float16Array?: unknown }).Float16Array;
    Object.assign(globalThis, sign);
    // Two blocks of rows, more terms than a part of k, and rows and columns that tall tiles leave over.
    using network = networkOn('relaxed-simd', { layers: [131, 70, 3], init: { normal: 0.1 }, seed: 1 });
    const rows = Array.from({ length: 90 }, (_, i) =>
      Array.from({ length: 131 }, (__, j) => Math.sin(i + j * j)),
    );
    const { costHistory } = network.train(
      rows,
      rows.map((_, i) => i % 3),
      { iterations: 5 },
    );
    return [
      mostTileRows('relaxed-simd'),
      mostTileRows('simd'),
      ...costHistory,
      ...network.predict(rows).data,
    ];
  };
  try {
    const tall = trainOn({ Float16Array: Float32Array });
    const short = trainOn({});
    expect(tall.slice(0, 2)).toEqual([6, 4]);
    expect(short.slice(0, 2)).toEqual([4, 4]);
    expect(tall.slice(2)).toEqual(short.slice(2));
  } finally {
    if (Float16Array !== undefined) Object.assign(globalThis, { Float16Array });
  }
});
