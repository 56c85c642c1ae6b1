import { afterEach, expect, test, vi } from 'vitest';
import { Core } from '../bindings/core/core.js';
import { OutOfMemoryError, UnsupportedRuntimeError } from '../bindings/errors.js';

afterEach(() => vi.unstubAllGlobals());

const { CompileError } = WebAssembly;

/** This engine's WebAssembly with something else in it. */
function stub(members: Record<string, unknown>): void {
  const properties = Object.entries(members).map(([name, value]) => [name, { value }]);
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, Object.fromEntries(properties)));
}

function throwing(error: unknown): new () => never {
  return class {
    constructor() {
      throw error;
    }
  } as new () => never;
}

function failure(): unknown {
  try {
    return new Core('simd');
  } catch (error) {
    return error;
  }
}

test('without WebAssembly the error says so', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(failure()).toBeInstanceOf(UnsupportedRuntimeError);
  expect(failure()).toMatchObject({ message: expect.stringContaining('no WebAssembly, or') });
});

test('without SIMD the error says so', () => {
  stub({ validate: () => false });
  expect(failure()).toBeInstanceOf(UnsupportedRuntimeError);
  expect(failure()).toMatchObject({ message: expect.stringContaining('no WebAssembly SIMD') });
});

test.each([new CompileError('blocked by CSP'), new EvalError('refused')])(
  'a policy that forbids compiling is named, with %s as the cause',
  (cause) => {
    stub({ Module: throwing(cause) });
    expect(failure()).toBeInstanceOf(UnsupportedRuntimeError);
    expect(failure()).toMatchObject({ cause, message: expect.stringContaining("'wasm-unsafe-eval'") });
  },
);

test('on Cloudflare Workers the error names the export condition', () => {
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
  stub({ Module: throwing(new CompileError('Wasm code generation disallowed by embedder')) });
  expect(failure()).toMatchObject({ message: expect.stringContaining('the export condition "workerd"') });
});

test.each(['out of memory', new RangeError('could not allocate memory')])(
  'an engine that throws %o for want of memory gives an OutOfMemoryError',
  (cause) => {
    stub({ Instance: throwing(cause) });
    expect(failure()).toBeInstanceOf(OutOfMemoryError);
    expect(failure()).toMatchObject({ cause });
  },
);
