import { describe, expect, it } from 'vitest'
import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import { densityStandardError } from '../../../src/core/calibration/fitCalibration.ts'
import type { FoundPhantom } from '../../../src/core/calibration/foundPhantom.ts'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import { calibrateInScan, sampleRods } from '../../../src/core/calibration/sampleRods.ts'
import { inScanBudget } from '../../../src/core/calibration/uncertaintyBudget.ts'
import { QctError } from '../../../src/core/errors.ts'
import { indexPoint, lpsPoint } from '../../../src/core/geometry/lps.ts'
import { toLps } from '../../../src/core/geometry/volumeGeometry.ts'
import { hu, mgPerCm3, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { renderScene, type Scene, scene, truthOf } from './syntheticScan.ts'

const bMas = phantomById('b-mas-200')

/** The true rods of a scene, as a finder without error would give them. */
function trueRods(at: Scene): FoundPhantom {
  const truth = truthOf(at)
  const phantom = at.phantom!
  const half = (at.size[2] * at.spacing[2]) / 2
  return {
    phantom,
    placement: 'automatic',
    warnings: [],
    rods: phantom.rods.map((rod, index) => ({
      rod,
      point: truth.rods[index]!.center,
      direction: truth.along,
      radius: mm(at.diameter / 2),
      zRange: [-half, half] as const,
    })),
  }
}

const region = (z: number) => ({ center: lpsPoint(0, 0, z), halfHeight: mm(4.5) })

/** The volume with the CT numbers of some voxels changed. */
function changed(
  volume: CtVolume,
  change: (value: number, x: number, y: number, z: number) => number,
): CtVolume {
  const voxels = Int16Array.from(volume.voxels)
  const [ni, nj, nk] = volume.geometry.size
  let at = 0
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, at++) {
        const [x, y, z] = toLps(volume.geometry, indexPoint(i, j, k))
        voxels[at] = Math.round(change(voxels[at]! - 1024, x, y, z)) + 1024
      }
    }
  }
  return { ...volume, voxels }
}

const base = scene({ phantom: bMas, size: [260, 70, 26], middle: [4, 62, 0], rotation: [2, -1, 3] })
const volume = renderScene(base)
const truth = truthOf(base)
const codes = (warnings: readonly { code: string }[]) => warnings.map((warning) => warning.code)

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
  return 'nothing was thrown'
}

describe('rods sampled beside a vertebra', () => {
  it('read the true CT numbers to within what their standard errors allow', () => {
    const { rods, warnings } = sampleRods(volume, trueRods(base), region(0))
    expect(rods.map((rod) => rod.label)).toEqual(['A', 'B', 'C', 'D', 'E'])
    for (const [index, rod] of rods.entries()) {
      // 4 standard errors, and 0.3 HU for CT numbers stored as whole numbers and the rim's last trace of blur.
      expect(Math.abs(rod.meanHu - truth.rods[index]!.ctNumber)).toBeLessThan(4 * rod.standardErrorHu + 0.3)
      expect(rod.standardErrorHu).toBeGreaterThan(0.1)
      expect(rod.standardErrorHu).toBeLessThan(1)
      expect(rod.sdHu).toBeGreaterThan(0.85 * base.noise) // SD of some 1000 shared-noise voxels: a few per cent
      expect(rod.sdHu).toBeLessThan(1.15 * base.noise)
      expect(rod.radius).toBeLessThan(base.diameter / 2 - 2)
    }
    expect(warnings).toEqual([])
  })

  it('lie in the slices of the vertebra', () => {
    for (const z of [-20, 15]) {
      const { rods } = sampleRods(volume, trueRods(base), region(z))
      // Rods are 15 mm off their middle at most for tilts of 3°: their centres follow the axis, not the region.
      for (const rod of rods) expect(rod.center[2]).toBeCloseTo(z, 6)
    }
  })

  it('follow a change of the scanner along the patient', () => {
    // 6 HU per 30 mm: less than warns, and each vertebra must see its own.
    const drifting = changed(volume, (value, _x, _y, z) => value + 0.2 * z)
    const at = (z: number) => sampleRods(drifting, trueRods(base), region(z))
    for (const [index, rod] of at(-20).rods.entries()) {
      const other = at(20).rods[index]!
      // Samples 30 mm long round ±20 mm: 40 mm apart, 8 HU, to four standard errors of a difference.
      expect(Math.abs(other.meanHu - rod.meanHu - 8)).toBeLessThan(4 * Math.SQRT2 * rod.standardErrorHu + 0.3)
    }
    expect(at(0).warnings).toEqual([])
  })

  it('warn of a steep change along the rod', () => {
    const steep = changed(volume, (value, _x, _y, z) => value + 1.2 * z)
    const { warnings } = sampleRods(steep, trueRods(base), region(0))
    expect(codes(warnings)).toEqual(['ROD_DRIFT', 'ROD_DRIFT', 'ROD_DRIFT', 'ROD_DRIFT', 'ROD_DRIFT'])
  })

  it('warn when the sample is not centred on the rod', () => {
    const found = trueRods(base)
    const off = found.rods.map((rod) => ({
      ...rod,
      point: lpsPoint(rod.point[0] + 4, rod.point[1], rod.point[2]),
    }))
    const { warnings } = sampleRods(volume, { ...found, rods: off }, region(0))
    expect(codes(warnings)).toContain('ROD_EDGE_IN_SAMPLE')
  })

  it('leave out a rod full of streaks, and say so', () => {
    const [x, y] = truth.rods[2]!.center
    const streaked = changed(volume, (value, px, py, z) =>
      Math.hypot(px - x, py - y) < 9 ? value + (Math.floor(z / 4) % 2 === 0 ? 70 : -70) : value,
    )
    const { rods, warnings } = sampleRods(streaked, trueRods(base), region(0))
    expect(rods.map((rod) => rod.label)).toEqual(['A', 'B', 'D', 'E'])
    expect(warnings).toMatchObject([
      { code: 'ROD_EXCLUDED', details: { label: 'C', reason: 'noise far above the other rods' } },
    ])
  })

  it('leave out rods outside the field, and refuse when too few remain', () => {
    const found = trueRods(base)
    const moved = (labels: string) => ({
      ...found,
      rods: found.rods.map((rod) =>
        labels.includes(rod.rod.label) ? { ...rod, point: lpsPoint(500, rod.point[1], rod.point[2]) } : rod,
      ),
    })
    const { rods, warnings } = sampleRods(volume, moved('AE'), region(0))
    expect(rods.map((rod) => rod.label)).toEqual(['B', 'C', 'D'])
    expect(codes(warnings)).toEqual(['ROD_EXCLUDED', 'ROD_EXCLUDED'])
    expect(codeOf(() => sampleRods(volume, moved('ABE'), region(0)))).toBe('ROD_SAMPLES_TOO_FEW')
  })

  it('are taken from the end of the phantom beside a level just past it, with a warning', () => {
    const found = trueRods(base)
    const short = { ...found, rods: found.rods.map((rod) => ({ ...rod, zRange: [-50, 0] as const })) }
    const near = sampleRods(volume, short, region(20))
    expect(near.warnings).toMatchObject([{ code: 'ROD_SAMPLE_MOVED', details: { shift: 20 } }])
    for (const rod of near.rods) expect(rod.center[2]).toBeLessThan(0)
    expect(codeOf(() => sampleRods(volume, short, region(40)))).toBe('ROD_SAMPLES_TOO_FEW')
  })

  it('grow longer where noise is high', () => {
    const noisy = { ...base, noise: 40, diameter: 12 }
    const loud = sampleRods(renderScene(noisy), trueRods(noisy), region(0)).rods[0]!
    const quiet = sampleRods(volume, trueRods(base), region(0)).rods[0]!
    const perMm = (rod: typeof loud, length: number) => rod.n / (Math.PI * rod.radius ** 2 * length)
    expect(perMm(loud, 60) / perMm(quiet, 30)).toBeCloseTo(1, 0) // whole slices: 15 of 4 mm against 7 or 8
  })
})

describe('a vertebra calibrated in the scan', () => {
  it.each(['mindways-model-3', 'qrm-bdc-3', 'siemens-osteo'])(
    'gives the scanner’s own line with %s',
    (id) => {
      const at = { ...base, phantom: phantomById(id) }
      const { calibration, warnings } = calibrateInScan(renderScene(at), trueRods(at), region(0))
      for (const density of [0, 100, 200]) {
        // The scene's scanner: HU = response·ρ + offset for the mineral dissolved in water.
        const ctNumber = hu(at.response * density + at.offset)
        const error = densityOf(calibration, ctNumber) - density
        // 4 standard errors and 0.5 mg/cm³ for stored whole numbers and blur at the rim of bright rods.
        expect(Math.abs(error)).toBeLessThan(4 * densityStandardError(calibration, ctNumber, hu(0)) + 0.5)
      }
      const expected = id === 'siemens-osteo' ? ['CALIBRATION_NO_RESIDUAL_CHECK'] : []
      expect(codes(warnings)).toEqual(expected)
    },
  )

  it('knows every part of its doubt but a certificate that states none, and that too where it does', () => {
    const found = trueRods(base)
    const unknown = (rods: FoundPhantom['rods']) => {
      const { calibration } = calibrateInScan(volume, { ...found, rods }, region(0))
      return inScanBudget(calibration, hu(120), hu(1)).unknown
    }
    expect(unknown(found.rods)).toEqual(['certificate'])
    const stated = found.rods.map((one) => ({ ...one, rod: { ...one.rod, densitySd: mgPerCm3(1) } }))
    expect(unknown(stated)).toEqual([])
  })

  it('says more of its doubt where the rods end before the vertebra and change along the patient', () => {
    // 1 HU per mm is past what warns; all rods change alike, so that no residual shows it.
    const drifting = changed(volume, (value, _x, _y, z) => value + z)
    const found = trueRods(base)
    const short = { ...found, rods: found.rods.map((rod) => ({ ...rod, zRange: [-50, 0] as const })) }
    const doubt = (phantom: FoundPhantom) => {
      const { calibration } = calibrateInScan(drifting, phantom, region(10))
      return densityStandardError(calibration, hu(120), hu(0))
    }
    // The middle of the short sample lies 25 mm below the vertebra: 25 HU, of a slope of 0.8.
    expect(doubt(short)).toBeGreaterThan(15)
    expect(doubt(short)).toBeLessThan(25)
    expect(doubt(found)).toBeLessThan(2)
  })

  it('is refused with the wrong certificate rather than given quietly', () => {
    const swapped = {
      ...bMas,
      rods: bMas.rods.map((rod, index) => ({ ...rod, density: bMas.rods[4 - index]!.density })),
    }
    const found = trueRods(base)
    const wrong = { ...found, rods: found.rods.map((rod, index) => ({ ...rod, rod: swapped.rods[index]! })) }
    expect(codeOf(() => calibrateInScan(volume, { ...wrong, phantom: swapped }, region(0)))).toBe(
      'CALIBRATION_SLOPE_IMPLAUSIBLE',
    )
  })
})
