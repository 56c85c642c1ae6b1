// Browsers opened on one page each, with a new profile; the page itself reports what it found.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debian } from './debian.mjs';
import { run, start } from './processes.mjs';
import { STRICT, serve } from './server.mjs';

const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const FIREFOX_PREFERENCES = {
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

const WEBKIT_ENVIRONMENT = {
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
};

/** `limited` are those that allow only so many memories, however small. */
export const CHROMIUM = {
  name: 'Chromium',
  limited: true,
  version: () => versionOf(debian('chromium')),
  open: (url, profile) =>
    start(debian('chromium'), [...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, url]).stop,
};

export const BROWSERS = [
  CHROMIUM,
  {
    name: 'Firefox',
    limited: true,
    version: () => versionOf(debian('firefox')),
    open(url, profile) {
      const preferences = Object.entries(FIREFOX_PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
      );
      writeFileSync(join(profile, 'user.js'), preferences.join(''));
      return start(debian('firefox'), ['--headless', '--no-remote', '--profile', profile, url]).stop;
    },
  },
  {
    name: 'WebKit',
    limited: false,
    // MiniBrowser tells its version only where there is a screen.
    version: () => versionOf('dpkg-query', ['--show', 'webkit2gtk-driver']),
    async open(url, profile) {
      const display = await openDisplay();
      const env = { ...WEBKIT_ENVIRONMENT, DISPLAY: display.name, HOME: profile };
      const { stop } = start(debian('webkit'), [url], { env });
      return () => stop().then(display.stop);
    },
  },
];

/**
 * Opens a page and waits for its report.
 *
 * @param {{ result: Promise<object> }} expectation the report to wait for
 */
export async function visit(browser, url, { result }) {
  const profile = mkdtempSync(join(tmpdir(), 'feedforward-profile-'));
  let close = () => {};
  try {
    close = await browser.open(url, profile);
    return await result;
  } finally {
    await close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens the page of a script in a folder, served under a policy. */
export async function show(browser, folder, script, reports, policy = STRICT) {
  const server = await serve(folder, policy);
  const expectation = reports.expect();
  try {
    return await visit(browser, `${server.origin}/page/${script}${expectation.query}`, expectation);
  } finally {
    server.close();
  }
}

async function versionOf(program, args = ['--version']) {
  return /\d+(\.\d+)+/.exec(await run(program, args))[0];
}

/** A screen in memory, under a number of its own choice. */
async function openDisplay() {
  const { child, stop } = start(debian('xvfb'), ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('close', () => reject(new Error('Xvfb did not start')));
  });
  return { name: `:${number}`, stop };
}
