import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('..', import.meta.url));

export function read(file: string): string {
  return readFileSync(`${root}/${file}`, 'utf8');
}

/** A fenced block of code. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** The text between its end and the next block. */
  readonly after: string;
  readonly next: Block | undefined;
}

/** The blocks of a document in their order. */
export function blocks(markdown: string): Block[] {
  const found = Array.from(markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms));
  return found.reduceRight<Block[]>((rest, { 0: whole, 1: language, 2: code, index }, i) => {
    const after = markdown.slice(index + whole.length, found[i + 1]?.index);
    return [{ language: language!, code: code!, after, next: rest[0] }, ...rest];
  }, []);
}

/** What a program prints that is run as a module from the root, where the package finds itself by its name. */
export function run(program: string): string {
  const args = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).trimEnd();
}

/** What a document says that a program prints: its block of text below `It prints`, else its comments at console.log. */
export function promised({ code, after, next }: Block): string {
  if (/\bprints\s*$/.test(after) && next?.language === 'text') return next.code.trimEnd();
  return Array.from(code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm), ([, line]) => line).join('\n');
}

/** Programs by their number and what a reader knows them by. */
export function titled(programs: readonly Block[]): [string, Block][] {
  return programs.map((program, i) => {
    const [name = 'without layers of its own'] = /layers: \[.*?\]/.exec(program.code) ?? [];
    return [`${i + 1}, ${name}`, program];
  });
}
