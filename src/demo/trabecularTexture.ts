import { seededRandom } from './seededRandom.ts'

/** The trabecular texture at a place of the body's own coordinates (mm): mean 0, SD 1. */
export type TrabecularTexture = (u: number, v: number, w: number) => number

/** Lattice of the texture: 32³ nodes, repeated; one cell is 1.7 mm, about what CT can just show of trabeculae. */
const NODES = 32
const CELL_MM = 1.7
/** Mean square of the trilinear weights over a cell is (2/3)³: what interpolation takes from the nodes' variance. */
const INTERPOLATION_SD = (2 / 3) ** 1.5

/** Forms the texture of one vertebra: random nodes joined by trilinear interpolation. */
export function trabecularTexture(key: string): TrabecularTexture {
  const random = seededRandom(key)
  const nodes = new Float32Array(NODES ** 3)
  for (let index = 0; index < nodes.length; index++) nodes[index] = random.gaussian() / INTERPOLATION_SD
  const mask = NODES - 1
  return (u, v, w) => {
    const [x, y, z] = [u / CELL_MM, v / CELL_MM, w / CELL_MM]
    const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)]
    const [fx, fy, fz] = [x - i, y - j, z - k]
    const [i0, i1] = [i & mask, (i + 1) & mask]
    const [j0, j1] = [(j & mask) << 5, ((j + 1) & mask) << 5]
    const [k0, k1] = [(k & mask) << 10, ((k + 1) & mask) << 10]
    const low =
      (nodes[i0 + j0 + k0]! * (1 - fx) + nodes[i1 + j0 + k0]! * fx) * (1 - fy) +
      (nodes[i0 + j1 + k0]! * (1 - fx) + nodes[i1 + j1 + k0]! * fx) * fy
    const high =
      (nodes[i0 + j0 + k1]! * (1 - fx) + nodes[i1 + j0 + k1]! * fx) * (1 - fy) +
      (nodes[i0 + j1 + k1]! * (1 - fx) + nodes[i1 + j1 + k1]! * fx) * fy
    return low * (1 - fz) + high * fz
  }
}
