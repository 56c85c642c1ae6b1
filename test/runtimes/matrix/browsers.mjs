// Browsers without a bundler: module scripts under a strict policy.
import { BROWSERS, show } from '../lib/browsers.mjs';
import { FORBIDDING, STRICT } from '../lib/server.mjs';

export function rows(app, reports) {
  return BROWSERS.flatMap((browser) => {
    const row = (setting, script, policy = STRICT) => ({
      runtime: browser.name,
      setting,
      version: browser.version,
      run: () => show(browser, app, script, reports, policy),
    });
    const rows = [
      row('module script', 'page.mjs'),
      row('web worker', 'page-worker.mjs'),
      row('feedforward-wasm/core', 'page-core.mjs'),
      row("refusal: no 'wasm-unsafe-eval'", 'page-refusal.mjs', FORBIDDING),
    ];
    if (browser.limited) rows.push(row('refusal: no memory left', 'page-exhausted.mjs'));
    return rows;
  });
}
