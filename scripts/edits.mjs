/** Two texts are alike again where this many characters are equal: 4 and 7 gave up to 1 % more, gzipped. */
const RUN = 5;

/** What makes `to` of `from`: edits [keep, drop, insert], so many characters stay, so many go, and these come. */
export function editsOf(from, to) {
  const edits = [];
  for (let i = 0, j = 0; j < to.length;) {
    let keep = 0;
    while (j + keep < to.length && from[i + keep] === to[j + keep]) keep++;
    i += keep;
    j += keep;
    const [drop, insert] = nearestRun(from, i, to, j);
    edits.push([keep, drop, to.slice(j, j + insert)]);
    i += drop;
    j += insert;
  }
  return edits;
}

/** How many characters of each text lie before the next run that they share; the fewest in all. */
function nearestRun(from, i, to, j) {
  for (let count = 0; count < from.length - i + to.length - j; count++)
    for (let insert = 0; insert <= count; insert++) {
      const run = to.slice(j + insert, j + insert + RUN);
      if (run.length === RUN && from.startsWith(run, i + count - insert)) return [count - insert, insert];
    }
  return [0, to.length - j];
}
