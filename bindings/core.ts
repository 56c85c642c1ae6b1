export * from './index.js';
export { useCore } from './core/given.js';
