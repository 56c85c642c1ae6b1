// More networks than any engine allows instances of WebAssembly.
import { CHROMIUM, show } from '../lib/browsers.mjs';
import { nodeVersion, runNode } from '../lib/node.mjs';

export function rows(app, reports) {
  return [
    {
      runtime: CHROMIUM.name,
      setting: '5,000 live networks',
      version: CHROMIUM.version,
      run: () => show(CHROMIUM, app, 'many-live.mjs', reports),
    },
    {
      runtime: 'Node 24',
      setting: '50,000 dropped networks',
      version: () => nodeVersion(24),
      run: () => runNode(24, ['many-dropped.mjs'], app),
    },
  ];
}
