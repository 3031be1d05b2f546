import { describe, expect, it } from 'vitest'
import { densityStandardError } from '../../../../src/core/calibration/fitCalibration.ts'
import {
  learnTissueReference,
  type PairedScan,
} from '../../../../src/core/calibration/tissue/learnTissueReference.ts'
import { referenceLine, type TissueReference } from '../../../../src/core/calibration/tissue/referenceLine.ts'
import { TISSUE_GATES } from '../../../../src/core/calibration/tissue/tissueGates.ts'
import type { Tissue, TissueSample } from '../../../../src/core/calibration/tissue/tissues.ts'
import { hu, mgPerCm3 } from '../../../../src/core/units.ts'
import { codeOf, seededNormal } from '../seededNormal.ts'

const sample = (tissue: Tissue, meanHu: number, standardErrorHu = 0): TissueSample => ({
  tissue,
  meanHu: hu(meanHu),
  standardErrorHu: hu(standardErrorHu),
})

/** The two densities an open phantomless program uses: as a user's data, never the program's own. */
const twoPoint: TissueReference = {
  origin: 'user',
  mineral: 'K2HPO4',
  kvp: 120,
  scans: null,
  citation: 'QCTWeb-refactor, as read in its source',
  tissues: {
    adipose: { density: mgPerCm3(-87.75), sd: mgPerCm3(5) },
    skeletalMuscle: { density: mgPerCm3(38.76), sd: mgPerCm3(5) },
  },
}

describe('the muscle–fat line', () => {
  const { calibration } = referenceLine(
    [sample('adipose', -100), sample('skeletalMuscle', 50)],
    twoPoint,
    120,
  )

  it('is the published two-point line', () => {
    expect(calibration.slope).toBeCloseTo(126.51 / 150, 12)
    // Published to one decimal.
    for (const [ctNumber, density] of [
      [50, 38.8],
      [100, 80.9],
      [150, 123.1],
      [200, 165.3],
    ] as const) {
      expect(calibration.slope * ctNumber + calibration.intercept).toBeCloseTo(density, 1)
    }
    expect(calibration.method).toBe('tissue-raw')
    expect(calibration.scatter).toBeNull()
  })

  it('has the doubt of two points, by hand', () => {
    // ρ(150) = −2/3·ρ_fat + 5/3·ρ_muscle, so its SD is 5·√(4/9 + 25/9).
    expect(densityStandardError(calibration, hu(150), hu(0))).toBeCloseTo(5 * Math.sqrt(29 / 9), 9)
  })

  it('answers to muscle as published: 5 HU are 7 mg/cm³', () => {
    for (const [muscle, density] of [
      [40, 138.2],
      [45, 130.4],
      [55, 116.3],
      [60, 109.9],
    ] as const) {
      const line = referenceLine([sample('adipose', -100), sample('skeletalMuscle', muscle)], twoPoint, 120)
      expect(line.calibration.slope * 150 + line.calibration.intercept).toBeCloseTo(density, 1)
    }
  })

  it('is refused at another voltage, without reference, from tissues alike, or with one tissue left', () => {
    const both = [sample('adipose', -100), sample('skeletalMuscle', 50)]
    expect(codeOf(() => referenceLine(both, twoPoint, 100))).toBe('TISSUE_REFERENCE_OTHER_KVP')
    expect(codeOf(() => referenceLine([...both, sample('blood', 40)], twoPoint, 120))).toBe(
      'TISSUE_REFERENCE_MISSING',
    )
    const bright = [sample('adipose', -100), sample('skeletalMuscle', 90)]
    expect(codeOf(() => referenceLine(bright, twoPoint, 120))).toBe('TISSUES_TOO_FEW')
    const withBlood = {
      ...twoPoint,
      tissues: { ...twoPoint.tissues, blood: twoPoint.tissues.skeletalMuscle! },
    }
    const alike = [sample('blood', 40), sample('skeletalMuscle', 50)]
    expect(codeOf(() => referenceLine(alike, withBlood, 120))).toBe('TISSUES_COLLINEAR')
    const flat = { ...twoPoint.tissues, adipose: { density: mgPerCm3(30), sd: mgPerCm3(5) } }
    expect(codeOf(() => referenceLine(both, { ...twoPoint, tissues: flat }, 120))).toBe(
      'TISSUE_SLOPE_IMPLAUSIBLE',
    )
  })
})

/** Scans of one scanner whose HU are 1.25·ρ − 5, with patients whose tissues differ. */
const truths = { air: -796, adipose: -80, skeletalMuscle: 42, blood: 36 } as const
const spreads = { air: 0.5, adipose: 5, skeletalMuscle: 5, blood: 5 } as const
const patient = (normal: () => number): TissueSample[] =>
  (Object.keys(truths) as (keyof typeof truths)[]).map((tissue) =>
    sample(tissue, 1.25 * (truths[tissue] + spreads[tissue] * normal()) - 5 + 0.4 * normal(), 0.4),
  )
const windows = {
  air: [-1100, -900],
  adipose: [-200, -20],
  skeletalMuscle: [-20, 120],
  blood: [-20, 120],
  corticalBone: [500, 3000],
} as const
const scans = (n: number, normal: () => number): PairedScan[] =>
  Array.from({ length: n }, () => ({
    deviceSerial: 'S1',
    kvp: 120,
    calibration: { slope: 0.8, intercept: mgPerCm3(4), phantom: 'mindways-model-3', mineral: 'K2HPO4' },
    tissues: patient(normal),
  }))

describe('learning tissue densities', () => {
  it('gives mean and SD of the densities on the phantom’s line', () => {
    const fixed = scans(10, () => 0).map((scan, at) => ({
      ...scan,
      tissues: [sample('adipose', -100 + at), sample('skeletalMuscle', 50 - at)],
    }))
    const learned = learnTissueReference(fixed)
    // −100 … −91 HU: mean −95.5, SD √(55/6) by the formula for ten whole numbers; density 0.8·H + 4.
    expect(learned.tissues.adipose!.density).toBeCloseTo(0.8 * -95.5 + 4, 10)
    expect(learned.tissues.adipose!.sd).toBeCloseTo(0.8 * Math.sqrt(55 / 6), 10)
    expect(learned).toMatchObject({ origin: 'pre-calibration', kvp: 120, mineral: 'K2HPO4', scans: 10 })
    expect(learned.tissues.blood).toBeUndefined()
  })

  it('refuses a mixture and too few scans', () => {
    const ten = scans(10, () => 0)
    const mixed = (change: Partial<PairedScan>) => () =>
      learnTissueReference([...ten, { ...ten[0]!, ...change }], windows)
    expect(codeOf(mixed({ kvp: 100 }))).toBe('TISSUE_PAIRS_MIXED')
    expect(codeOf(mixed({ deviceSerial: 'S2' }))).toBe('TISSUE_PAIRS_MIXED')
    expect(codeOf(mixed({ calibration: { ...ten[0]!.calibration, mineral: 'HA' } }))).toBe(
      'TISSUE_PAIRS_MIXED',
    )
    expect(codeOf(() => learnTissueReference([]))).toBe('TISSUE_PAIRS_TOO_FEW')
    const few = ten.slice(0, TISSUE_GATES.leastPairs - 1)
    expect(codeOf(() => learnTissueReference(few, windows))).toBe('TISSUE_PAIRS_TOO_FEW')
  })

  it('does not learn blood from contrast scans', () => {
    const bright = scans(12, () => 0).map((scan) => ({
      ...scan,
      tissues: scan.tissues.map((s) => (s.tissue === 'blood' ? sample('blood', 150) : s)),
    }))
    const learned = learnTissueReference(bright, windows)
    expect(learned.tissues.blood).toBeUndefined()
    expect(learned.tissues.adipose).toBeDefined()
  })

  it.each([
    ['with air', ['air', 'adipose', 'skeletalMuscle', 'blood']],
    ['muscle and fat', ['adipose', 'skeletalMuscle']],
  ] as const)('leads to intervals that hold the truth in 92 to 98 %% of patients: %s', (_, names) => {
    const normal = seededNormal(11)
    const truth = (150 + 5) / 1.25
    const repeats = 2000
    let held = 0
    let sum = 0
    for (let repeat = 0; repeat < repeats; repeat++) {
      const learned = learnTissueReference(scans(40, normal), windows)
      const tissues = patient(normal).filter((s) => (names as readonly Tissue[]).includes(s.tissue))
      const { calibration } = referenceLine(tissues, learned, 120, windows)
      expect(calibration.method).toBe('tissue-precalibrated')
      const error = calibration.slope * 150 + calibration.intercept - truth
      sum += error
      if (Math.abs(error) <= 1.96 * densityStandardError(calibration, hu(150), hu(0))) held++
    }
    expect(held / repeats).toBeGreaterThan(0.92)
    expect(held / repeats).toBeLessThan(0.98)
    // Stays unbiased within what the spread of a ratio itself gives.
    expect(Math.abs(sum / repeats)).toBeLessThan(1.5)
  })
})
