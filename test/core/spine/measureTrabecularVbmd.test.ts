import { describe, expect, it } from 'vitest'
import type { DensityCalibration } from '../../../src/core/calibration/densityCalibration.ts'
import type { QctError } from '../../../src/core/errors.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import type { VolumeGeometry } from '../../../src/core/geometry/volumeGeometry.ts'
import { measureTrabecularVbmd } from '../../../src/core/spine/measureTrabecularVbmd.ts'
import { hu, mgPerCm3 } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'

function flatVolume(value: number, slice = 1, ripple = 0): CtVolume {
  const geometry: VolumeGeometry = {
    size: [40, 40, Math.round(40 / slice)],
    origin: lpsPoint(0, 0, 0),
    spacing: [1, 1, slice],
    axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  }
  const voxels = new Int16Array(40 * 40 * geometry.size[2])
  // A ripple whose sign follows a random generator: white noise of that SD.
  let state = 12345
  for (let at = 0; at < voxels.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    voxels[at] = value + 1024 + (state < 0x80000000 ? ripple : -ripple)
  }
  return { quantity: 'HU', voxels, rescale: { slope: 1, intercept: hu(-1024) }, geometry }
}

const voi: EllipticalCylinder = {
  kind: 'ellipticalCylinder',
  center: lpsPoint(20, 20, 20),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [11, 8],
  height: 9,
}

const calibration: DensityCalibration = {
  method: 'in-scan',
  phantom: 'mindways-model-3',
  mineral: 'K2HPO4',
  equation: 'linear',
  slope: 0.8,
  intercept: mgPerCm3(-5),
  residualSd: mgPerCm3(1),
  covariance: [1e-4, -4e-3, 0.5],
  rods: [],
}

describe('measureTrabecularVbmd', () => {
  it('turns the mean CT number into a density by the calibration', () => {
    const { meanHu, vbmd, sdHu, n } = measureTrabecularVbmd(flatVolume(150), voi, calibration)
    expect(meanHu).toBe(150)
    expect(sdHu).toBe(0)
    // Voxel centres in nine sections of an ellipse of area π·11·8; counting error is a fraction of its rim.
    expect(n / (9 * Math.PI * 11 * 8)).toBeCloseTo(1, 1)
    expect(vbmd).toBeCloseTo(0.8 * 150 - 5, 9)
  })

  it('states the calibration doubt with the covariance of slope and intercept', () => {
    const { calibrationStandardUncertainty, uncertainty } = measureTrabecularVbmd(
      flatVolume(150),
      voi,
      calibration,
    )
    const expected = Math.sqrt(150 ** 2 * 1e-4 + 2 * 150 * -4e-3 + 0.5)
    expect(calibrationStandardUncertainty).toBeCloseTo(expected, 9)
    // No noise in a flat volume: 95 % of the calibration alone.
    expect(uncertainty).toBeCloseTo(1.96 * expected, 6)
  })

  it('joins noise and calibration in quadrature', () => {
    const measured = measureTrabecularVbmd(flatVolume(150, 1, 20), voi, calibration)
    const noise = measured.noiseStandardUncertainty!
    expect(noise).toBeCloseTo(0.8 * measured.standardErrorHu, 9)
    // White noise of SD 20 over about 2490 voxels: 20/√2490 = 0.40 HU; the estimate itself is good to a few tens of percent.
    expect(measured.standardErrorHu).toBeGreaterThan(0.2)
    expect(measured.standardErrorHu).toBeLessThan(0.8)
    expect(measured.uncertainty).toBeCloseTo(
      1.96 * Math.hypot(noise, measured.calibrationStandardUncertainty!),
      9,
    )
  })

  it('gives CT numbers and no density without a calibration', () => {
    const { meanHu, vbmd, uncertainty } = measureTrabecularVbmd(flatVolume(90), voi, null)
    expect(meanHu).toBe(90)
    expect(vbmd).toBeNull()
    expect(uncertainty).toBeNull()
  })

  it('warns when slices are thick for the VOI', () => {
    const codes = (slice: number) =>
      measureTrabecularVbmd(flatVolume(90, slice), voi, null).warnings.map(({ code }) => code)
    expect(codes(5)).toEqual(['SLICES_THICK_FOR_VOI'])
    expect(codes(3)).toEqual([])
  })

  it('warns of a small part outside the scan and refuses a large one', () => {
    // The grid ends at z = 39.5; the VOI of 9 mm at 35.5 ends at 40: one section of nine and a half beyond.
    const slightly = { ...voi, center: lpsPoint(20, 20, 35.5), height: 8.4 }
    expect(measureTrabecularVbmd(flatVolume(90), slightly, null).warnings).toEqual([])
    const cut = { ...voi, center: lpsPoint(31, 20, 20) }
    const { warnings } = measureTrabecularVbmd(flatVolume(90), cut, null)
    expect(warnings.map(({ code }) => code)).toEqual(['VOI_CUT_BY_VOLUME'])
    let caught: unknown
    try {
      measureTrabecularVbmd(flatVolume(90), { ...voi, center: lpsPoint(20, 20, 38) }, null)
    } catch (error) {
      caught = error
    }
    expect((caught as QctError).code).toBe('VOI_OUTSIDE_VOLUME')
  })
})
