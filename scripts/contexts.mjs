/** The contexts of bindings/core/decompress.ts, where their meaning stands. */
export const LITERAL = 0;
export const COPIES = 4096;
export const AGAIN = 4352;
export const OFFSET = 4353;
export const LENGTH = 4609;
export const CONTEXTS = 4865;
