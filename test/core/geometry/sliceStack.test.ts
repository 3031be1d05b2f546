import { describe, expect, it } from 'vitest'
import { QctError } from '../../../src/core/errors.ts'
import { indexPoint, lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { measureTilt, planSliceStack, type SliceStackPlan } from '../../../src/core/geometry/sliceStack.ts'
import { distance } from '../../../src/core/geometry/vector.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { leaning, makeFrame, makeStack, SUPINE, shuffled, steps } from '../../dicom/ctFixture.ts'

function planned(slices: Parameters<typeof planSliceStack>[0]): SliceStackPlan {
  const plan = planSliceStack(slices)
  if (plan instanceof QctError) throw plan
  return plan
}
const refusal = (slices: Parameters<typeof planSliceStack>[0]) => {
  const plan = planSliceStack(slices)
  return plan instanceof QctError ? plan : undefined
}
const codes = (plan: SliceStackPlan) => plan.warnings.map(({ code }) => code)

describe('planSliceStack', () => {
  it('takes an even straight stack as it is, from feet to head, in whatever order it comes', () => {
    const zs = steps(12, 1.25, -20)
    const plan = planned(shuffled(makeStack(zs)))
    expect(plan.status).toBe('sound')
    expect(plan.warnings).toEqual([])
    expect(plan.geometry.size).toEqual([8, 6, 12])
    expect(plan.geometry.origin).toEqual([-4, -3, -20])
    expect(plan.geometry.spacing).toEqual([1, 1, 1.25])
    expect(plan.geometry.axes[2]).toEqual([0, 0, 1])
    const frames = shuffled(makeStack(zs))
    expect(plan.order.map((index) => frames[index]!.imagePositionPatient[2])).toEqual(zs)
  })

  it('counts k towards the head also when rows and columns run the other way', () => {
    const flipped = makeStack(steps(4, 2), undefined, {
      imageOrientationPatient: [lpsVector(-1, 0, 0), lpsVector(0, 1, 0)],
    })
    expect(planned(flipped).geometry.axes).toEqual([
      [-1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
    expect(planned(flipped).geometry.origin[2]).toBe(0)
  })

  it('sorts a coronal stack from front to back', () => {
    const coronal = [30, 10, 20].map((y) =>
      makeFrame(lpsPoint(0, y, 0), undefined, {
        imageOrientationPatient: [lpsVector(1, 0, 0), lpsVector(0, 0, -1)],
      }),
    )
    const plan = planned(coronal)
    expect(plan.order).toEqual([1, 2, 0])
    expect(plan.geometry.axes[2]).toEqual([0, 1, 0])
  })

  it.each([-18.5, 14, 29.9])('sets a gantry tilt of %d° upright, with or without its tag', (degrees) => {
    const stack = makeStack(steps(10, 3), undefined, { imageOrientationPatient: leaning(degrees) })
    const plan = planned(stack)
    expect(plan.status).toBe('resample')
    expect(codes(plan)).toEqual(['GANTRY_TILT_RESAMPLED'])
    expect(measureTilt(stack)).toBeCloseTo(Math.abs(degrees), 9)
    // Along the normal, slices 3 mm apart on the table are 3·cos(tilt) apart.
    expect(plan.geometry.spacing[2]).toBeCloseTo(3 * Math.cos((degrees * Math.PI) / 180), 9)
  })

  it('keeps every pixel of a tilted stack at its place in the world', () => {
    const stack = makeStack(steps(10, 3), undefined, { imageOrientationPatient: leaning(20) })
    const plan = planned(stack)
    for (const [k, index] of plan.order.entries()) {
      const [i, j] = plan.shifts?.[k] ?? [Number.NaN, Number.NaN]
      expect(i).toBeGreaterThanOrEqual(0)
      expect(j + 6).toBeLessThanOrEqual(plan.geometry.size[1] + 1e-9) // the last scanned row still fits
      const first = toLps(plan.geometry, indexPoint(i, j, k))
      expect(distance(first, stack[index]!.imagePositionPatient)).toBeLessThan(1e-9) // rounding of doubles
    }
  })

  it('refuses a shear that no gantry makes', () => {
    const stack = makeStack(steps(10, 3), undefined, { imageOrientationPatient: leaning(38) })
    expect(refusal(stack)).toMatchObject({
      code: 'GEOMETRY_TILT_TOO_LARGE',
      details: { tilt: 38, limit: 30 },
    })
  })

  it('leaves a sideways drift below a quarter pixel alone', () => {
    const stack = steps(5, 1).map((z) => makeFrame(lpsPoint(z * 0.05, 0, z)))
    expect(planned(stack)).toMatchObject({ status: 'sound', warnings: [] })
  })

  it('refuses slices that jump sideways off any line', () => {
    const stack = steps(9, 1).map((z) => makeFrame(lpsPoint(z === 4 ? 6 : 0, 0, z)))
    expect(refusal(stack)?.code).toBe('GEOMETRY_SLICES_SHIFTED')
  })

  it('interpolates a missing thin slice and keeps the scanned ones exact', () => {
    const plan = planned(makeStack([0, 1, 2, 4, 5]))
    expect(codes(plan)).toEqual(['SLICES_MISSING_INTERPOLATED'])
    expect(plan.geometry.size[2]).toBe(6)
    expect(plan.sources.map(({ lower, upper, weight }) => [lower, upper, weight])).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [2, 2, 0],
      [2, 3, 0.5],
      [3, 3, 0],
      [4, 4, 0],
    ])
  })

  it('refuses a hole wider than it may bridge, and says how wide it is', () => {
    expect(refusal(makeStack([18.1075, 23.1075, 28.1075, 38.1075]))).toMatchObject({
      code: 'GEOMETRY_SLICES_MISSING',
      details: { missing: 1, largest: 10, limit: 3 },
    })
  })

  it('resamples uneven dense slices at their true places', () => {
    const zs = [0, 1, 2.4, 3.2, 4.5, 5.5]
    const plan = planned(makeStack(zs))
    expect(codes(plan)).toEqual(['SLICE_SPACING_RESAMPLED'])
    for (const [k, { lower, upper, weight }] of plan.sources.entries()) {
      const z = zs[lower]! * (1 - weight) + zs[upper]! * weight
      // A scanned slice may stand in for a grid place up to 0.1 mm away.
      expect(Math.abs(z - k * plan.geometry.spacing[2])).toBeLessThanOrEqual(0.1)
    }
  })

  it('refuses uneven coarse slices', () => {
    expect(refusal(makeStack([0, 4, 8, 12, 13.1, 20, 27]))?.code).toBe('GEOMETRY_SPACING_UNEVEN')
  })

  it('refuses one slice, and many slices at one place', () => {
    expect(refusal(makeStack([5]))).toMatchObject({
      code: 'GEOMETRY_ONE_SLICE',
      details: { found: 1, required: 2 },
    })
    expect(refusal(makeStack([5, 5, 5, 5]))).toMatchObject({
      code: 'GEOMETRY_ONE_SLICE',
      details: { found: 1 },
    })
    expect(refusal([])).toMatchObject({ code: 'GEOMETRY_ONE_SLICE', details: { found: 0 } })
  })

  it('refuses repeated positions', () => {
    expect(refusal(makeStack([0, 1, 1, 2]))).toMatchObject({
      code: 'GEOMETRY_POSITIONS_REPEATED',
      details: { slices: 4, positions: 3 },
    })
  })

  it('refuses two orientations, two matrices and two pixel sizes in one stack', () => {
    const other = makeFrame(lpsPoint(0, 0, 9), undefined, { imageOrientationPatient: leaning(5) })
    expect(refusal([...makeStack([0, 1, 2]), other])).toMatchObject({
      code: 'GEOMETRY_MIXED_ORIENTATIONS',
      details: { found: 2, angle: expect.closeTo(5, 9) },
    })
    const wider = makeFrame(lpsPoint(-4, -3, 9), undefined, { columns: 16 })
    expect(refusal([...makeStack([0, 1, 2]), wider])?.code).toBe('GEOMETRY_MIXED_GRIDS')
    const finer = { ...makeFrame(lpsPoint(-4, -3, 9)), rowSpacing: 0.5 }
    expect(refusal([...makeStack([0, 1, 2]), finer])?.code).toBe('GEOMETRY_MIXED_GRIDS')
  })

  it.each([
    ['ImagePositionPatient', { imagePositionPatient: lpsPoint(0, Number.NaN, 0) }],
    ['ImageOrientationPatient', { imageOrientationPatient: [lpsVector(0, 0, 0), SUPINE[1]] as const }],
    ['ImageOrientationPatient', { imageOrientationPatient: [SUPINE[0], SUPINE[0]] as const }],
    [
      'ImageOrientationPatient',
      { imageOrientationPatient: [lpsVector(Number.NaN, 0, 0), SUPINE[1]] as const },
    ],
    ['PixelSpacing', { rowSpacing: Number.NaN }],
    ['PixelSpacing', { columnSpacing: 0 }],
    ['PixelSpacing', { columnSpacing: Number.POSITIVE_INFINITY }],
    ['Rows and Columns', { rows: 0 }],
  ])('refuses an unusable %s', (attribute, over) => {
    const slices = [...makeStack([0, 1]), { ...makeFrame(lpsPoint(0, 0, 2)), ...over }]
    expect(refusal(slices)).toMatchObject({ code: 'GEOMETRY_INVALID', details: { attribute, slices: 1 } })
  })
})
