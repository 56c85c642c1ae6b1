import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as library from '../bindings/index.js';
import { resolveOptions, resolveTrainOptions } from '../bindings/options.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');
const readme = read('README.md');

/** The code blocks in one of these languages, in their order. */
function blocks(...languages: string[]): string[] {
  return Array.from(readme.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language, text]) =>
    languages.includes(language!) ? text! : [],
  ).flat();
}

/** What a program prints that is run as a module from the root, where the package finds itself by its name. */
function run(program: string): string {
  const args = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trimEnd();
}

/** What a program's comments say that its calls of console.log print. */
function promised(program: string): string {
  return Array.from(program.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm), ([, line]) => line).join('\n');
}

/** The cells of all tables, row by row. */
const rows = Array.from(readme.matchAll(/^ *\| (.*) \|$/gm), ([, row]) =>
  row!.split(/ +\| +/).map((cell) => cell.trim()),
);

/** The cells that follow that first one, in every table that has it. */
const cellsAfter = (first: string): string[] => rows.filter((row) => row[0] === first).map((row) => row[1]!);

describe('the first program', () => {
  const [program] = blocks('ts', 'js');

  test('is examples/iris.ts', () => expect(program).toBe(read('examples/iris.ts')));

  test('reads at least 95 % of the held-out flowers right, and prints what is written below it', () => {
    const output = run(program!);
    expect(Number(/^accuracy ([\d.]+)$/m.exec(output)?.[1])).toBeGreaterThanOrEqual(0.95);
    expect(blocks('text')[0]!.trimEnd()).toBe(output);
  });
});

const programs = {
  'through a bundler': blocks('js').find((program) => program.includes('const xor')),
  'without a bundler': blocks('html')[0]
    ?.replace(/<\/?script.*>/g, '')
    .replace('./node_modules/feedforward-wasm/', './'),
  'with a core of its own': serveDist(blocks('js').find((program) => program.includes('useCore'))),
  'of the API': blocks('js').find((program) => program.includes('oneHot')),
};

/** Answers requests for the package's files, as a page's server would. */
function serveDist(program: string | undefined): string {
  return `import { readFile } from 'node:fs/promises';
    globalThis.fetch = async (path) =>
      new Response(await readFile(path.replace('/node_modules/feedforward-wasm/', '')), {
        headers: { 'Content-Type': 'application/wasm' },
      });
    ${program}`;
}

test.each(Object.entries(programs))('the program %s prints what its comments say', (_, program) => {
  expect(promised(program!)).not.toBe('');
  expect(run(program!)).toBe(promised(program!));
});

test('the Worker answers a request with an accuracy', () => {
  const worker = blocks('js').find((program) => program.includes('export default'))!;
  const output = run(`${worker.replace('export default', 'const worker =')}
    const body = JSON.stringify({ x: [[0, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0]], y: [0, 1, 2] });
    const response = await worker.fetch(new Request('http://localhost/', { method: 'POST', body }));
    console.log(response.status, await response.text());`);
  expect(output).toMatch(/^200 \{"accuracy":[\d.]+\}$/);
});

test('no program is left out', () => {
  expect(blocks('ts', 'js', 'html')).toHaveLength(Object.keys(programs).length + 2);
});

describe('the tables', () => {
  const network = resolveOptions({ layers: [4, 10, 3] });
  const inWords: Record<string, string> = {
    layers: 'required',
    batchSize: 'all rows',
    init: '`{ normal: 0.001 }`',
  };

  test.each(Object.entries(network))('have the option %s and its default', (name, value) => {
    const literal = typeof value === 'string' ? `'${value}'` : String(value);
    expect(cellsAfter(`\`${name}\``)).toContain(inWords[name] ?? `\`${literal}\``);
  });

  test.each(Object.keys(resolveTrainOptions({}, network)))('have the option %s of train', (name) => {
    expect(cellsAfter(`\`${name}\``)).not.toEqual([]);
  });

  test('have every member of the classes and every export', () => {
    const firsts = rows.map(([first]) => first!.replace('`new ', '`')).join('\n');
    const members = [library.FeedforwardNN, library.Matrix].flatMap(({ prototype }) =>
      Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'),
    );
    for (const name of [...members, ...Object.keys(library)]) expect(firsts).toMatch(`\`${name}`);
  });

  test.each(['exp', 'tanh', 'log'])('have the bounds of %s that are asserted', (name) => {
    const asserted = ['f64', 'f32'].map(
      (type) => new RegExp(`'${name} ${type} has an error below (.*?)'`).exec(read('test/exp.test.ts'))?.[1],
    );
    expect(rows).toContainEqual([name, ...asserted]);
  });
});

// Speed is measured and reported apart.
const SPEED = /<!-- performance:begin -->.*?<!-- performance:end -->/gs;

describe.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('%s', (file) => {
  const text = read(file).replaceAll(SPEED, '');

  test('links to what exists', () => {
    const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, target]) => target!);
    expect(links.filter((target) => !existsSync(`${root}/${target}`))).toEqual([]);
  });

  test('names files and scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = Array.from(text.matchAll(/npm run ([\w:]+)/g), ([, name]) => name!);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    const paths = Array.from(
      text.matchAll(/`((?:assembly|bindings|test|bench|examples|scripts)\/[\w./-]*)`/g),
      ([, path]) => path!,
    );
    expect(paths.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
  });
});
