import type { BodyBlock } from './bodyBlock.ts'

function gaussianKernel(sigma: number): Float64Array {
  const half = Math.ceil(3 * sigma)
  const kernel = new Float64Array(2 * half + 1)
  for (let at = -half; at <= half; at++) kernel[at + half] = Math.exp((-at * at) / (2 * sigma * sigma))
  return kernel
}

/** Lines that are smoothed at once: their sums are kept in registers. */
const TOGETHER = 4

/** Smooths lines of `n` samples, `stride` apart, along one axis of a block, four lines at a time. */
function lineSmoother(data: Float32Array, n: number, stride: number, kernel: Float64Array) {
  const half = (kernel.length - 1) / 2
  const lines = new Float64Array(TOGETHER * n)
  const from = Int32Array.from({ length: n }, (_, at) => Math.max(-half, -at))
  const to = Int32Array.from({ length: n }, (_, at) => Math.min(half, n - 1 - at))
  /** Sum of the taps that fall on a line, by sample. */
  const weights = new Float64Array(n)
  for (let at = 0; at < n; at++) {
    for (let tap = from[at]!; tap <= to[at]!; tap++) weights[at]! += kernel[tap + half]!
  }

  /** Four lines in which every sample was measured: the weights are those of the taps alone. */
  const smoothWhole = (first: number, apart: number) => {
    for (let at = 0; at < n; at++) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0]
      const end = to[at]!
      for (let tap = from[at]!, cell = TOGETHER * (at + tap); tap <= end; tap++, cell += TOGETHER) {
        const share = kernel[tap + half]!
        s0 += share * lines[cell]!
        s1 += share * lines[cell + 1]!
        s2 += share * lines[cell + 2]!
        s3 += share * lines[cell + 3]!
      }
      const weight = weights[at]!
      const out = first + at * stride
      data[out] = s0 / weight
      data[out + apart] = s1 / weight
      data[out + 2 * apart] = s2 / weight
      data[out + 3 * apart] = s3 / weight
    }
  }
  /** One line; samples that were not measured take no part and stay so. */
  const smoothBroken = (first: number, line: number) => {
    for (let at = 0; at < n; at++) {
      if (Number.isNaN(lines[TOGETHER * at + line]!)) continue
      let sum = 0
      let weight = 0
      for (let tap = from[at]!; tap <= to[at]!; tap++) {
        const value = lines[TOGETHER * (at + tap) + line]!
        if (Number.isNaN(value)) continue
        const share = kernel[tap + half]!
        sum += share * value
        weight += share
      }
      data[first + at * stride] = sum / weight
    }
  }
  /** Smooths `count` lines in place whose first samples lie `apart` from each other. */
  return (first: number, count: number, apart: number) => {
    for (let next = 0; next < count; next += TOGETHER) {
      const start = first + next * apart
      const together = Math.min(TOGETHER, count - next)
      let isWhole = together === TOGETHER
      for (let at = 0; at < n; at++) {
        for (let line = 0; line < together; line++) {
          const value = data[start + line * apart + at * stride]!
          lines[TOGETHER * at + line] = value
          if (Number.isNaN(value)) isWhole = false
        }
      }
      if (isWhole) smoothWhole(start, apart)
      else for (let line = 0; line < together; line++) smoothBroken(start + line * apart, line)
    }
  }
}

/** The block smoothed by a Gaussian with the given SD along u and v, and along s, in mm. */
export function smoothBlock(block: BodyBlock, sigmaInPlane: number, sigmaAlong: number): BodyBlock {
  const data = block.data.slice()
  const [nu, nv, ns] = block.size
  if (sigmaInPlane > 0) {
    const kernel = gaussianKernel(sigmaInPlane / block.step)
    lineSmoother(data, nu, 1, kernel)(0, nv * ns, nu)
    const alongV = lineSmoother(data, nv, nu, kernel)
    for (let c = 0; c < ns; c++) alongV(c * nu * nv, nu, 1)
  }
  if (sigmaAlong > 0) {
    lineSmoother(data, ns, nu * nv, gaussianKernel(sigmaAlong / block.step))(0, nu * nv, 1)
  }
  return { ...block, data }
}
