// Compresses for bindings/core/decompress.ts, where the format stands. Of all ways to write the bytes the cheapest is
// looked for, at prices that the last try's statistics tell; after a few tries they hardly change.
import { BitEncoder } from './bit-encoder.mjs';
import { AGAIN, CONTEXTS, COPIES, LENGTH, LITERAL, MISSED, OFFSET, before } from './contexts.mjs';

const TRIES = 6;

/** How many ways to come to a place are kept, of different offsets: the cheapest there need not be so at the end. */
const WAYS = 20;

/** How many of the earlier places where the same two bytes are are looked at. */
const PLACES = 1000;

/** A copy may end after every length up to this one; a longer one only at its end or a byte before. */
const SHORT = 40;

export function compress(bytes) {
  const copies = longestCopies(bytes);
  let prices = Array.from({ length: CONTEXTS }, () => [1, 1]);
  let best;
  for (let i = 0; i < TRIES; i++) {
    const encoder = new BitEncoder();
    const put = (context, bit) => encoder.put(context, bit);
    let at = 0;
    let state = START;
    for (const step of cheapest(bytes, copies, prices)) {
      putStep(put, bytes, at, step, state);
      at += step.length;
      state = after(state, step);
    }
    const compressed = encoder.end();
    if (best === undefined || compressed.length < best.length) best = compressed;
    prices = encoder.counts.map(([zeros, ones]) => [price(zeros, ones), price(ones, zeros)]);
  }
  return best;
}

/** The bits that one of `these` takes among them and the others; nothing is impossible. */
const price = (these, others) => Math.log2((these + others + 0.8) / (these + 0.4));

/** How far back the last copy was from, and how many bytes of their own came since, 2 for as many or more. */
const START = { last: 0, own: 2 };

function after({ last, own }, { offset }) {
  return offset > 0 ? { last: offset, own: 0 } : { last, own: Math.min(own + 1, 2) };
}

/** A step is a byte of its own, of offset 0, or a copy; `again` says whether from as far back as the last, if that is asked. */
function putStep(put, bytes, at, { offset, length, again }, state) {
  put(COPIES + before(bytes, at), offset > 0 ? 1 : 0);
  if (offset === 0) return putByte(put, bytes, at, state);
  if (again !== undefined) put(AGAIN + state.own - 1, again ? 1 : 0);
  if (!again) putNumber(put, OFFSET, offset);
  putNumber(put, LENGTH, length - 1);
}

function putByte(put, bytes, at, { last, own }) {
  const literal = LITERAL + (before(bytes, at) >> 4) * 256;
  const missed = own > 0 ? 0 : 256 + bytes[at - last];
  for (let bits = 256 + bytes[at], i = 7; i >= 0; i--) {
    const came = bits >> (i + 1);
    put(missed >> (i + 1) === came ? MISSED + (missed >> i) : literal + came, (bits >> i) & 1);
  }
}

function putNumber(put, context, number) {
  const k = 31 - Math.clz32(number);
  for (let i = 0; i < k; i++) put(context + 16 * i, 1);
  put(context + 16 * k, 0);
  for (let i = k; i > 0; i--) {
    const value = number >> i;
    put(context + (value < 4 ? 16 * k + value : 16 * i + 4), (number >> (i - 1)) & 1);
  }
}

/** For each place the copies that can be made there, the nearest first, each longer than those before it. */
function longestCopies(bytes) {
  const latest = new Map();
  const earlier = [];
  return Array.from(bytes, (byte, at) => {
    const pair = 256 * byte + bytes[at + 1];
    const copies = [];
    let longest = 1;
    let from = latest.get(pair);
    for (
      let i = 0;
      i < PLACES && from !== undefined && at + longest < bytes.length;
      i++, from = earlier[from]
    ) {
      const length = commonLength(bytes, from, at);
      if (length > longest) copies.push({ offset: at - from, length });
      longest = Math.max(longest, length);
    }
    earlier[at] = latest.get(pair);
    latest.set(pair, at);
    return copies;
  });
}

function commonLength(bytes, from, at) {
  let length = 0;
  while (at + length < bytes.length && bytes[from + length] === bytes[at + length]) length++;
  return length;
}

/** The steps that cost the least: at each place the best ways to it are known, and go on from there in every way. */
function cheapest(bytes, copies, prices) {
  const priceOf = (write) => {
    let sum = 0;
    write((context, bit) => (sum += prices[context][bit]));
    return sum;
  };
  const offsetPrice = memoised((offset) => priceOf((put) => putNumber(put, OFFSET, offset)));
  const lengthPrice = memoised((length) => priceOf((put) => putNumber(put, LENGTH, length - 1)));
  const ways = Array.from({ length: bytes.length + 1 }, () => []);
  ways[0].push({ cost: 0, state: START, step: { offset: 0 } });

  for (let at = 0; at < bytes.length; at++) {
    const [ownPrice, copyPrice] = prices[COPIES + before(bytes, at)];
    // But for the first after a copy it is the same whichever way it was come.
    const literalPrice = priceOf((put) => putByte(put, bytes, at, START));
    const arrive = (from, cost, step) =>
      keep(ways[at + step.length], { cost: from.cost + cost, state: after(from.state, step), step, from });
    for (const way of ways[at]) {
      const { last, own } = way.state;
      const asked = own > 0;
      const price = asked ? literalPrice : priceOf((put) => putByte(put, bytes, at, way.state));
      arrive(way, ownPrice + price, { offset: 0, length: 1 });
      const [otherPrice, againPrice] = asked ? prices[AGAIN + own - 1] : [0, 0];
      if (asked && last > 0) {
        const longest = commonLength(bytes, at - last, at);
        for (const length of lengths(2, longest))
          arrive(way, copyPrice + againPrice + lengthPrice(length), { offset: last, length, again: true });
      }
      let shortest = 2;
      for (const { offset, length: longest } of copies[at]) {
        const cost = copyPrice + otherPrice + offsetPrice(offset);
        const again = asked ? false : undefined;
        if (!asked || offset !== last) {
          for (const length of lengths(shortest, longest))
            arrive(way, cost + lengthPrice(length), { offset, length, again });
        }
        shortest = longest + 1;
      }
    }
  }
  const steps = [];
  for (let way = ways[bytes.length][0]; way.from; way = way.from) steps.push(way.step);
  return steps.reverse();
}

function* lengths(shortest, longest) {
  for (let length = shortest; length <= longest; length++) {
    yield length;
    if (length >= SHORT) length = Math.max(length, longest - 2);
  }
}

/** Takes a way among the best, unless there is a cheaper one from which everything costs the same. */
function keep(ways, way) {
  const { last, own } = way.state;
  const same = ways.findIndex(({ state }) => state.last === last && state.own > 0 === own > 0);
  if (same >= 0) {
    if (ways[same].cost <= way.cost) return;
    ways.splice(same, 1);
  }
  let i = ways.length;
  while (i > 0 && ways[i - 1].cost > way.cost) i--;
  ways.splice(i, 0, way);
  if (ways.length > WAYS) ways.pop();
}

function memoised(compute) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key);
  };
}
