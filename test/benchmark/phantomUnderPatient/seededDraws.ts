/** Reproducible numbers, even between 0 and 1, by the counter and mixer of splitmix32. */
export function seededDraws(seed: number): () => number {
  let counter = Math.imul(seed + 1, 0x85ebca6b) >>> 0
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0
    let mixed = counter ^ (counter >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
