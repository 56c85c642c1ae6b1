import type { Style } from './style.js';

/** Where a training is, as its `onProgress` tells. */
export interface Progress {
  readonly iteration: number;
  readonly iterations: number;
  readonly cost: number;
}

/** `  30 % ━━━━━━────────────── cost 0.069152`, in `width` columns where they suffice. */
export function progressLine({ iteration, iterations, cost }: Progress, width: number, style: Style): string {
  const share = iterations === 0 ? 1 : iteration / iterations;
  // 0.29 * 100 is 28.999…
  const before = `${String(Math.floor(Number((share * 100).toFixed(9)))).padStart(5)} % `;
  const after = ` cost ${cost.toFixed(6)}`;
  const length = Math.max(4, width - before.length - after.length);
  const full = Math.floor(share * length);
  return before + style.good('━'.repeat(full)) + style.dim('─'.repeat(length - full)) + style.bold(after);
}

/** What the bar needs of `process.stdout`. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows a training's progress: in place on a terminal, line by line in a log. */
export class ProgressBar {
  readonly #screen: Screen;
  readonly #width: number;
  readonly #style: Style;

  constructor(screen: Screen, columns: number, style: Style) {
    this.#screen = screen;
    // A full last column makes some terminals wrap.
    this.#width = columns - 1;
    this.#style = style;
  }

  /** Passes between two updates: a hundredth of them on a terminal; a log takes train's default, ten in all. */
  every(iterations: number): number | undefined {
    return this.#screen.isTTY ? Math.max(1, Math.floor(iterations / 100)) : undefined;
  }

  update(progress: Progress): void {
    const line = progressLine(progress, this.#width, this.#style);
    this.#screen.write(this.#screen.isTTY ? `\r${line}` : `${line}\n`);
  }

  /** The full bar, where one is drawn in place; a log has all its lines by now. */
  end(iterations: number, cost: number): void {
    if (!this.#screen.isTTY) return;
    this.update({ iteration: iterations, iterations, cost });
    this.#screen.write('\n');
  }
}
