export function makeData(
  name: string,
  rows: number,
  inputs: number,
  classes: number,
): { x: Float64Array; y: Uint8Array };

export function makeWeights(
  layers: readonly number[],
  seed?: number,
  scale?: number,
): { w1: Float64Array; b1: Float64Array; w2: Float64Array; b2: Float64Array };
