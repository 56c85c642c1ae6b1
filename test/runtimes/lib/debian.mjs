import { existsSync } from 'node:fs';

/** The programs that come from Debian, and with which of its packages. */
export const DEBIAN_PROGRAMS = {
  chromium: { path: '/usr/bin/chromium', debianPackage: 'chromium' },
  firefox: { path: '/usr/bin/firefox-esr', debianPackage: 'firefox-esr' },
  webkit: {
    path: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    debianPackage: 'webkit2gtk-driver',
  },
  xvfb: { path: '/usr/bin/Xvfb', debianPackage: 'xvfb' },
};

/** The path of one of them. */
export function debian(name) {
  const { path, debianPackage } = DEBIAN_PROGRAMS[name];
  if (existsSync(path)) return path;
  throw new Error(`missing: ${name}; apt-get install ${debianPackage}`);
}
