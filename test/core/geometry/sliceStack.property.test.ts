import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QctError } from '../../../src/core/errors.ts'
import { indexPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { planSliceStack } from '../../../src/core/geometry/sliceStack.ts'
import { distance } from '../../../src/core/geometry/vector.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { leaning, makeFrame } from '../../dicom/ctFixture.ts'

const wild = fc.oneof(
  fc.double({ min: -500, max: 500 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, -0, 1e300, 1e-300),
)
const triple = fc.tuple(wild, wild, wild)

describe('planSliceStack on anything', () => {
  it('ends in a plan with a finite grid or in a coded refusal', () => {
    const slice = fc.record({
      imagePositionPatient: triple.map((t) => lpsPoint(...t)),
      imageOrientationPatient: fc.oneof(
        fc.constant(leaning(0)),
        fc.tuple(triple, triple).map(([r, c]) => [lpsVector(...r), lpsVector(...c)] as const),
      ),
      columns: fc.constantFrom(8, 8, 8, 0, -1, 1.5, Number.NaN),
      rows: fc.constant(6),
      columnSpacing: fc.oneof(fc.constant(1), wild),
      rowSpacing: fc.constant(1),
    })
    fc.assert(
      fc.property(fc.array(slice, { maxLength: 12 }), (slices) => {
        const plan = planSliceStack(slices)
        if (plan instanceof QctError) {
          expect(plan.code).toMatch(/^GEOMETRY_/)
          expect(plan.message).not.toContain('{')
          return
        }
        const { size, origin, spacing, axes } = plan.geometry
        expect([...size, ...origin, ...spacing, ...axes.flat()].every(Number.isFinite)).toBe(true)
        expect(spacing.every((s) => s > 0)).toBe(true)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('puts every slice of a plan where it was scanned, to a tenth of a millimetre and a quarter pixel', () => {
    const gap = fc.constantFrom(0.6, 0.8, 1, 1, 1, 1.2, 2, 2.9)
    let planned = 0
    fc.assert(
      fc.property(
        fc.array(gap, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -30, max: 30 }),
        (gaps, tilt) => {
          let z = -17.3
          const zs = [z, ...gaps.map((g) => (z += g))]
          const slices = zs.map((at) =>
            makeFrame(lpsPoint(-4, -3, at), undefined, { imageOrientationPatient: leaning(tilt) }),
          )
          const plan = planSliceStack(slices)
          if (plan instanceof QctError) throw plan // no gap is wider than 3 mm, no tilt than 30°
          planned++
          expect(plan.sources).toHaveLength(plan.geometry.size[2])
          for (const [k, { lower, upper, weight }] of plan.sources.entries()) {
            expect(weight).toBeGreaterThanOrEqual(0)
            expect(weight).toBeLessThan(1)
            const place = (n: number) => {
              const [i, j] = plan.shifts?.[n] ?? [0, 0]
              const corner = slices[plan.order[n]!]!.imagePositionPatient
              // Where the grid's own first pixel falls, seen from this slice.
              return [corner, i, j] as const
            }
            const [a, ia, ja] = place(lower)
            const [b, ib, jb] = place(upper)
            const mixed = (p: number, q: number) => p * (1 - weight) + q * weight
            const scanned = lpsPoint(mixed(a[0], b[0]), mixed(a[1], b[1]), mixed(a[2], b[2]))
            const onGrid = toLps(plan.geometry, indexPoint(mixed(ia, ib), mixed(ja, jb), k))
            expect(distance(scanned, onGrid)).toBeLessThanOrEqual(Math.hypot(0.1, 0.25) + 1e-9)
          }
        },
      ),
      { seed: 2, numRuns: 300 },
    )
    expect(planned).toBe(300)
  })
})
