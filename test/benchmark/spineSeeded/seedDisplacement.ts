/**
 * Where a hurried reader clicks: a point drawn evenly from a ball about the middle of the body. Drawn from its own
 * stream, so that the exam and its seeds do not hang together.
 */
export function displacedSeed(
  center: readonly [number, number, number],
  radiusMm: number,
  stream: () => number,
): [number, number, number] {
  for (;;) {
    const [x, y, z] = [stream() * 2 - 1, stream() * 2 - 1, stream() * 2 - 1]
    if (x * x + y * y + z * z > 1) continue
    return [center[0] + x * radiusMm, center[1] + y * radiusMm, center[2] + z * radiusMm]
  }
}

/** Even numbers in [0, 1) from a whole-number seed (mulberry32). */
export function evenStream(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
