import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, compile } from '../bindings/core/binaries.js';
import { probe } from '../bindings/core/probe.js';
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

test.each(BINARIES)('the %s binary comes out the same, byte for byte, when it is built again', (binary) => {
  const folder = mkdtempSync(join(tmpdir(), 'feedforward-wasm-'));
  try {
    const again = join(folder, 'again.wasm');
    execFileSync('npx', ['asc', '--target', binary, '--outFile', again]);
    execFileSync('node', ['scripts/optimize.mjs', again]);
    expect(readFileSync(again)).toEqual(built(binary));
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
