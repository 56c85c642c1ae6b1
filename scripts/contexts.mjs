/** The contexts of bindings/core/decompress.ts, where their meaning stands. */
export const LITERAL = 0;
export const MISSED = 4352;
export const COPIES = 4864;
export const AGAIN = 5121;
export const OFFSET = 5123;
export const LENGTH = 5379;
export const CONTEXTS = 5635;

/** The context of what follows there. */
export const before = (bytes, at) => (bytes[at - 2] >> 2 === 8 ? 256 : (bytes[at - 1] ?? 0));
