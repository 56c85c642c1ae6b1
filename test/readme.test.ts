import { existsSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import * as library from '../bindings/index.js';
import { OPTIMIZER_SETTINGS } from '../bindings/optimizer.js';
import { ACTIVATIONS, OUTPUTS, resolveOptions } from '../bindings/options.js';
import { resolveTrainOptions } from '../bindings/train-options.js';
import { blocks, promised, read, root, run, titled, type Block } from './markdown.js';

const readme = read('README.md');
const programs = blocks(readme);

/** The programs in one of these languages, in their order. */
const inLanguage = (...languages: string[]): Block[] =>
  programs.filter(({ language }) => languages.includes(language));

/** The cells of all tables of a text, row by row. */
function tables(markdown: string): string[][] {
  return Array.from(markdown.matchAll(/^ *\| (.*) \|$/gm), ([, row]) =>
    row!.split(/ +\| +/).map((cell) => cell.trim()),
  );
}

/** The text between a heading and the next. */
function section(heading: string): string {
  const [, text] = readme.split(`\n${heading}\n`);
  return text!.split(/^#/m)[0]!;
}

const rows = tables(readme);

/** The cells that follow that first one, in every table that has it. */
const cellsAfter = (first: string): string[] => rows.filter((row) => row[0] === first).map((row) => row[1]!);

describe('the first program', () => {
  const [program] = inLanguage('ts', 'js');

  test('is examples/iris.ts', () => expect(program!.code).toBe(read('examples/iris.ts')));

  test('reads at least 95 % of the held-out flowers right, and prints what is written below it', () => {
    const output = run(program!.code);
    expect(Number(/^accuracy ([\d.]+)$/m.exec(output)?.[1])).toBeGreaterThanOrEqual(0.95);
    expect(promised(program!)).toBe(output);
  });
});

// One of the programs writes it.
afterAll(() => rmSync(`${root}/model.safetensors`, { force: true }));

const isWorker = ({ code }: Block): boolean => code.includes('export default');

test.each(titled(inLanguage('js', 'html').filter((program) => !isWorker(program))))(
  'program %s, prints what is written at or below it',
  (_, program) => {
    expect(promised(program)).not.toBe('');
    expect(run(standalone(program))).toBe(promised(program));
  },
);

/** A program as Node runs it: without its script tags, and with the package's files where a page would have them. */
function standalone({ code, language }: Block): string {
  const script =
    language === 'html'
      ? code.replace(/<\/?script.*>/g, '').replace('./node_modules/feedforward-wasm/', './')
      : code;
  return code.includes('useCore') ? serveDist(script) : script;
}

/** Answers requests for the package's files, as a page's server would. */
function serveDist(program: string): string {
  return `import { readFile } from 'node:fs/promises';
    globalThis.fetch = async (path) =>
      new Response(await readFile(path.replace('/node_modules/feedforward-wasm/', '')), {
        headers: { 'Content-Type': 'application/wasm' },
      });
    ${program}`;
}

test('the Worker answers a request with an accuracy', () => {
  const worker = inLanguage('js').find(isWorker)!;
  const output = run(`${worker.code.replace('export default', 'const worker =')}
    const body = JSON.stringify({ x: [[0, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0]], y: [0, 1, 2] });
    const response = await worker.fetch(new Request('http://localhost/', { method: 'POST', body }));
    console.log(response.status, await response.text());`);
  expect(output).toMatch(/^200 \{"accuracy":[\d.]+\}$/);
});

test('no program is in another language than these, but for shell commands and one of PyTorch', () => {
  const languages = new Set(programs.map(({ language }) => language));
  expect([...languages].sort()).toEqual(['html', 'js', 'python', 'sh', 'text', 'ts']);
  expect([inLanguage('ts').length, inLanguage('python').length]).toEqual([1, 1]);
});

describe('the tables', () => {
  const layers = [4, 10, 3];
  const network = resolveOptions({ layers });
  const inWords: Record<string, unknown> = { 'all rows': Infinity, none: Infinity, learnt: undefined };

  /** A default as it is written: a literal in JavaScript, or words. */
  function valueOf(cell: string): unknown {
    const literal = /^`(.*)`$/.exec(cell)?.[1];
    if (literal === undefined) {
      expect(Object.keys(inWords)).toContain(cell);
      return inWords[cell];
    }
    return JSON.parse(literal.replace(/(\w+):/g, '"$1":').replaceAll("'", '"'));
  }

  const [, , ...options] = tables(section('### Options of the constructor'));

  test('have the options of the constructor', () => {
    expect(options.map(([name]) => name).sort()).toEqual(
      Object.keys(network)
        .map((name) => `\`${name}\``)
        .sort(),
    );
  });

  test.each(Object.entries(network))('have the option %s and the default that it has', (name, taken) => {
    const written = options.find(([first]) => first === `\`${name}\``)![1]!;
    if (name === 'layers') expect(written).toBe('required');
    else
      expect(resolveOptions({ layers, [name]: valueOf(written) })[name as keyof typeof network]).toEqual(
        taken,
      );
  });

  test.each(Object.keys(OPTIMIZER_SETTINGS))(
    'have the settings of the optimiser %s and their defaults',
    (name) => {
      const { name: _, ...settings } = resolveOptions({ layers, optimizer: name }).optimizer;
      const written = Object.entries(settings).map(([setting, value]) => `\`${setting}: ${value}\``);
      expect(cellsAfter(`\`'${name}'\``)).toContain(written.join(', '));
    },
  );

  test.each([...ACTIVATIONS, ...OUTPUTS])('have the name %s', (name) => {
    expect(cellsAfter(`\`'${name}'\``)).not.toEqual([]);
  });

  test('have the options of train', () => {
    const names = tables(section('### `train`')).map(([first]) => first);
    for (const name of Object.keys(resolveTrainOptions({}, network))) expect(names).toContain(`\`${name}\``);
  });

  test('have every field of what train returns and of what onProgress is called with', () => {
    using small = new library.FeedforwardNN({ layers: [1, 2] });
    let progress = {};
    const result = small.train([[0], [1]], [0, 1], { onProgress: (given) => void (progress = given) });
    for (const name of Object.keys({ ...result, ...progress }))
      expect(cellsAfter(`\`${name}\``)).not.toEqual([]);
  });

  test('have every member of the classes and every export', () => {
    const firsts = rows.map(([first]) => first!.replace('`new ', '`')).join('\n');
    const classes = [library.FeedforwardNN, library.Matrix];
    const members = classes.flatMap(({ prototype }) =>
      Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor'),
    );
    const statics = classes.flatMap((each) =>
      Object.entries(Object.getOwnPropertyDescriptors(each)).flatMap(([name, { value }]) =>
        typeof value === 'function' ? `${each.name}.${name}` : [],
      ),
    );
    expect(statics).toEqual(['Matrix.from']);
    for (const name of [...members, ...statics, ...Object.keys(library)]) expect(firsts).toMatch(`\`${name}`);
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

describe.each(['README.md', 'MIGRATION.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('%s', (file) => {
  const text = read(file).replaceAll(SPEED, '');

  test('links to what exists', () => {
    const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, target]) => target!);
    expect(links.filter((target) => !existsSync(`${root}/${target}`))).toEqual([]);
  });

  test('links to headings that exist', () => {
    const headings = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = Array.from(text.matchAll(/\]\(#(.*?)\)/g), ([, target]) => target!);
    expect(links.filter((target) => !headings.includes(target))).toEqual([]);
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
