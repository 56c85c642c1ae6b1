// Native C, -O3 -march=native, compiled for this processor once per precision.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { start, temporary } from './line-protocol.mjs';

const source = fileURLToPath(new URL('c_peer.c', import.meta.url));

export function contestants() {
  return Promise.all(
    Object.entries({ f64: 'double', f32: 'float' }).map(async ([precision, type]) => {
      const program = temporary(`c-${precision}`);
      execFileSync('cc', ['-O3', '-march=native', `-DREAL=${type}`, '-o', program, source, '-lm']);
      const peer = await start(program, [], 1);
      return {
        id: `c-${precision}`,
        name: 'C',
        precision,
        threads: 1,
        ...peer,
        version: `(${peer.version}, -O3 -march=native)`,
      };
    }),
  );
}
