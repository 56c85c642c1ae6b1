// Each bundler: an entry in, one script out, for browsers or for Node.
import nodeResolve from '@rollup/plugin-node-resolve';
import { build as esbuild } from 'esbuild';
import { rolldown } from 'rolldown';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import webpack from 'webpack';

/** @typedef {{ entry: string, folder: string, platform: 'browser' | 'node' }} Job */

/** @type {Record<string, (job: Job) => Promise<unknown>>} each writes `<folder>/main.mjs` */
export const BUNDLERS = {
  async Vite({ entry, folder, platform }) {
    await vite({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: false,
        ssr: platform === 'node',
        rollupOptions: { input: entry, output: { entryFileNames: 'main.mjs' } },
      },
      ssr: { noExternal: true },
    });
  },

  webpack: ({ entry, folder, platform }) =>
    new Promise((resolve, reject) => {
      const options = {
        mode: 'production',
        entry,
        target: platform === 'node' ? 'node' : 'web',
        output: { path: folder, filename: 'main.mjs', module: true, chunkFormat: 'module' },
        experiments: { outputModule: true },
      };
      webpack(options, (error, stats) => {
        if (error) reject(error);
        else if (stats.hasErrors()) reject(new Error(stats.toString('errors-only')));
        else resolve();
      });
    }),

  async Rollup({ entry, folder, platform }) {
    const plugins = [nodeResolve({ browser: platform === 'browser' })];
    const bundle = await rollup({ input: entry, plugins });
    await bundle.write({ file: `${folder}/main.mjs`, format: 'es' });
  },

  async Rolldown({ entry, folder, platform }) {
    const bundle = await rolldown({ input: entry, platform });
    await bundle.write({ file: `${folder}/main.mjs`, format: 'es' });
  },

  esbuild: ({ entry, folder, platform }) =>
    esbuild({
      entryPoints: [entry],
      outfile: `${folder}/main.mjs`,
      bundle: true,
      minify: true,
      format: 'esm',
      platform,
      logLevel: 'silent',
    }),
};
