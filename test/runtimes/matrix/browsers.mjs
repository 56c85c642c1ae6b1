// Browsers without a bundler: module scripts under a strict policy.
import { BROWSERS, show } from '../lib/browsers.mjs';
import { STRICT, WITHOUT_BLOBS, WITHOUT_WASM } from '../lib/server.mjs';

export function rows(app, reports) {
  return BROWSERS.flatMap((browser) => {
    const row = (setting, script, trainsIn, policy = STRICT) => ({
      runtime: browser.name,
      setting,
      version: browser.version,
      trainsIn,
      run: () => show(browser, app, script, reports, policy),
    });
    const rows = [
      row('module script', 'page.mjs', 'a worker'),
      row('module script without blob: workers', 'page.mjs', 'slices', WITHOUT_BLOBS),
      row('web worker', 'page-worker.mjs', 'a worker'),
      row('feedforward-wasm/core', 'page-core.mjs', 'a worker'),
      row("refusal: no 'wasm-unsafe-eval'", 'page-refusal.mjs', undefined, WITHOUT_WASM),
    ];
    if (browser.limited) rows.push(row('refusal: no memory left', 'page-exhausted.mjs'));
    return rows;
  });
}
