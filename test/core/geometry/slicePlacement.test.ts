import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import {
  hasSameGrid,
  isParallel,
  sliceAxes,
  unusableAttribute,
} from '../../../src/core/geometry/slicePlacement.ts'
import { leaning, makeFrame } from '../../dicom/ctFixture.ts'

const slice = (row: readonly number[], column: readonly number[]) =>
  makeFrame(lpsPoint(0, 0, 0), undefined, {
    imageOrientationPatient: [
      lpsVector(...(row as [number, number, number])),
      lpsVector(...(column as [number, number, number])),
    ],
  })

describe('sliceAxes', () => {
  it.each([
    ['supine', [1, 0, 0], [0, 1, 0], [0, 0, 1]],
    ['prone', [-1, 0, 0], [0, -1, 0], [0, 0, 1]],
    ['mirrored', [-1, 0, 0], [0, 1, 0], [0, 0, 1]],
    ['coronal', [1, 0, 0], [0, 0, -1], [0, 1, 0]],
    ['sagittal', [0, 1, 0], [0, 0, -1], [1, 0, 0]],
  ])('turns the normal of a %s slice to its positive end', (_, row, column, normal) => {
    expect(sliceAxes(slice(row, column))).toEqual([row, column, normal])
  })

  it('squares directions that headers rounded', () => {
    const [row, column, normal] = sliceAxes(slice([0.9999, 0.001, 0], [0, 0.97, -0.242]))
    for (const [a, b] of [
      [row, column],
      [row, normal],
      [column, normal],
    ] as const)
      expect(Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])).toBeLessThan(1e-15) // rounding of doubles
    for (const axis of [row, column, normal]) expect(Math.hypot(...axis)).toBeCloseTo(1, 15)
  })
})

describe('isParallel and hasSameGrid', () => {
  const flat = makeFrame(lpsPoint(0, 0, 0))
  it('accept what headers round and no more', () => {
    const leaned = (degrees: number) =>
      makeFrame(lpsPoint(0, 0, 0), undefined, { imageOrientationPatient: leaning(degrees) })
    expect(isParallel(flat, leaned(0.09))).toBe(true)
    expect(isParallel(flat, leaned(0.11))).toBe(false)
    expect(hasSameGrid({ ...flat, columns: 512 }, { ...flat, columns: 512, columnSpacing: 1.0004 })).toBe(
      true,
    )
    expect(hasSameGrid({ ...flat, columns: 512 }, { ...flat, columns: 512, columnSpacing: 1.0006 })).toBe(
      false,
    )
  })

  it('tell a slice from its mirror image and from its half turn', () => {
    expect(isParallel(flat, slice([-1, 0, 0], [0, 1, 0]))).toBe(false)
    expect(isParallel(flat, slice([-1, 0, 0], [0, -1, 0]))).toBe(false)
  })
})

describe('unusableAttribute', () => {
  it('passes directions with three decimals', () => {
    expect(unusableAttribute(slice([1, 0, 0], [0, 0.966, -0.259]))).toBeUndefined()
  })

  it('names directions that are not at right angles', () => {
    expect(unusableAttribute(slice([1, 0, 0], [0.01, 0.99995, 0]))).toBe('ImageOrientationPatient')
  })
})
