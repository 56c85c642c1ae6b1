/** What workerd and its bundlers make of an imported binary. */
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}
