/** Ways to set text off; each returns the text, in escape codes or as it was. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
}

type Paint = (text: string) => string;

const asIs: Paint = (text) => text;

export const PLAIN: Style = { bold: asIs, dim: asIs, good: asIs, bad: asIs };

/** The terminal's own green and red: the reader chose them to be legible on the reader's background. */
export const COLOURED: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  bad: sgr(31, 39),
};

/** Colours for a terminal whose user did not decline them: https://no-color.org */
export function styleFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  return stream.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb' ? COLOURED : PLAIN;
}

function sgr(on: number, off: number): Paint {
  return (text) => `\x1b[${on}m${text}\x1b[${off}m`;
}
