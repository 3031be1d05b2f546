import { describe, expect, it } from 'vitest'
import { externalAir } from '../../../src/segmentation/tissue/externalAir.ts'
import type { TrunkGrid } from '../../../src/segmentation/tissue/trunkGrid.ts'

const N = 80

/** One slice of 240 mm in steps of 3 mm. */
const slice = (paint: (x: number, y: number) => number): TrunkGrid => ({
  size: [N, N, 1],
  step: 3,
  origin: [0, 0, 0],
  hu: Float32Array.from({ length: N * N }, (_, at) => paint(3 * (at % N), 3 * Math.floor(at / N))),
})

const at = (external: Uint8Array, x: number, y: number) => external[x / 3 + N * (y / 3)]

describe('externalAir', () => {
  it('is the air round the trunk, not gas in it', () => {
    const external = externalAir(
      slice((x, y) => {
        const r = Math.hypot(x - 120, y - 120)
        return r < 20 || r > 90 ? -990 : 40
      }),
    )
    expect(at(external, 3, 3)).toBe(1)
    expect(at(external, 120, 120)).toBe(0)
    expect(at(external, 180, 120)).toBe(0)
  })

  it('is reached through the end of what was measured', () => {
    const external = externalAir(
      slice((x, y) => {
        const r = Math.hypot(x - 120, y - 120)
        return r > 110 ? Number.NaN : r > 80 ? -990 : 40
      }),
    )
    expect(at(external, 120, 27)).toBe(1)
    expect(at(external, 120, 3)).toBe(0)
  })

  it('is not the gas of a gut that a small field cuts', () => {
    const external = externalAir(slice((x, y) => (Math.hypot(x, y - 120) < 30 ? -990 : 40)))
    expect(external.includes(1)).toBe(false)
  })
})
