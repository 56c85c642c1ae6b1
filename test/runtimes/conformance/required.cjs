void import('./conformance.mjs').then(async ({ conform }) => {
  console.log(JSON.stringify(await conform(() => require('feedforward-wasm'))));
});
