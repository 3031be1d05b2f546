/** Farther than any field is wide, in steps. */
const FAR = 1e6

/** Lower envelope of parabolas: squared distances along one line, from those of the lines before it. */
function alongLine(values: Float64Array, out: Float64Array, n: number): void {
  const vertex = new Int32Array(n)
  const from = new Float64Array(n + 1)
  let last = 0
  from[0] = -Infinity
  from[1] = Infinity
  for (let q = 1; q < n; q++) {
    let crossing: number
    for (;;) {
      const p = vertex[last]!
      crossing = (values[q]! + q * q - values[p]! - p * p) / (2 * (q - p))
      if (crossing > from[last]!) break
      last--
    }
    vertex[++last] = q
    from[last] = crossing
    from[last + 1] = Infinity
  }
  for (let q = 0, at = 0; q < n; q++) {
    while (from[at + 1]! < q) at++
    out[q] = (q - vertex[at]!) ** 2 + values[vertex[at]!]!
  }
}

/**
 * How far every inside node of a plane lies from the nearest node that is not inside, in mm. What lies beyond the
 * plane counts as not inside.
 *
 * @param inside - One byte per node, rows of `ni`.
 * @see Felzenszwalb PF, Huttenlocher DP. Theory Comput 2012;8:415–428. doi:10.4086/toc.2012.v008a019
 */
export function insideDistance(inside: Uint8Array, ni: number, nj: number, step: number): Float32Array {
  // One ring of outside round the plane.
  const [wide, high] = [ni + 2, nj + 2]
  const squared = new Float64Array(wide * high)
  for (let j = 0; j < nj; j++) {
    for (let i = 0; i < ni; i++) if (inside[i + ni * j] === 1) squared[i + 1 + wide * (j + 1)] = FAR ** 2
  }
  const longest = Math.max(wide, high)
  const [line, found] = [new Float64Array(longest), new Float64Array(longest)]
  for (let i = 0; i < wide; i++) {
    for (let j = 0; j < high; j++) line[j] = squared[i + wide * j]!
    alongLine(line, found, high)
    for (let j = 0; j < high; j++) squared[i + wide * j] = found[j]!
  }
  const distance = new Float32Array(ni * nj)
  for (let j = 0; j < nj; j++) {
    for (let i = 0; i < wide; i++) line[i] = squared[i + wide * (j + 1)]!
    alongLine(line, found, wide)
    for (let i = 0; i < ni; i++) distance[i + ni * j] = step * Math.sqrt(found[i + 1]!)
  }
  return distance
}
