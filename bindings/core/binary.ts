/** The two binaries of the core, by the WebAssembly instructions they need. */
export type Binary = 'simd' | 'relaxed-simd';
