import { decomposeDualEnergy } from '../../../src/core/calibration/dualEnergy/decomposeDualEnergy.ts'
import { basisFromRods } from '../../../src/core/calibration/dualEnergy/dualEnergyBasis.ts'
import { fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { phantomById } from '../../../src/core/calibration/phantomLibrary.ts'
import {
  asynchronousBudget,
  dualEnergyBudget,
  tissueBudget,
} from '../../../src/core/calibration/routeBudgets.ts'
import { calibrateInScan, sampleRods } from '../../../src/core/calibration/sampleRods.ts'
import { learnTissueReference } from '../../../src/core/calibration/tissue/learnTissueReference.ts'
import { referenceLine } from '../../../src/core/calibration/tissue/referenceLine.ts'
import type { Tissue } from '../../../src/core/calibration/tissue/tissues.ts'
import { inScanBudget, type UncertaintyBudget } from '../../../src/core/calibration/uncertaintyBudget.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu, mgPerCm3, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { standardErrorOfMean } from '../../../src/core/volume/noise.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../src/core/volume/roiStatistics.ts'
import { type Disc, renderCrop } from './crop.ts'
import { foundOnCrop, realRods, rodDiscs } from './phantomOnCrop.ts'
import { type Draws, drawsOf } from './random.ts'
import { type Drawn, drawScanner, otherDay, type Scanner, STATED } from './scanner.ts'

/** The routes whose intervals are tested. */
export const ROUTES = ['in-scan', 'asynchronous', 'tissue, learned', 'dual energy'] as const
/** The in-scan interval as it would be if only noise and scatter were in it: for comparison. */
export const COMPARED = 'in-scan by noise and scatter alone'
/** One of them. */
export type Route = (typeof ROUTES)[number]

/** One stated interval against the truth, mg/cm³. */
export interface Stated {
  readonly error: number
  readonly standardUncertainty: number
}

/** What one repeat says of every route. */
export type Repeat = Readonly<Record<Route | typeof COMPARED, Stated>>

/** The phantoms of the repeats, in turn. */
export const PHANTOMS = ['mindways-model-3', 'b-mas-200', 'qrm-bdc-3', 'siemens-osteo'] as const
const VERTEBRA = { x: 0, y: -18, radius: 17 } as const
/** Places and reference of the tissues: CT number on the mean scanner. */
const TISSUES: readonly (readonly [Tissue, number, Omit<Disc, 'huAt'>])[] = [
  ['air', -1000, { x: 87, y: -18, radius: 8 }],
  ['adipose', -100, { x: -60, y: -18, radius: 12 }],
  ['skeletalMuscle', 45, { x: 60, y: -18, radius: 12 }],
  ['blood', 30, { x: -32, y: -18, radius: 10 }],
]
/** HU per mg/cm³ at the patient's voltage, and at the two of the pair. */
const RESPONSE = { one: 1.25, low: 1.9, high: 1.1 } as const
const TRAINING = 12

const roi = ({ x, y, radius }: Omit<Disc, 'huAt'>, clear: number, height: number): EllipticalCylinder => ({
  kind: 'ellipticalCylinder',
  center: lpsPoint(x, y, 0),
  normal: lpsVector(0, 0, 1),
  lateral: lpsVector(1, 0, 0),
  radii: [radius - clear, radius - clear],
  height,
})
const VOI: EllipticalCylinder = { ...roi(VERTEBRA, 4, 9), radii: [13, 9] }
const REGION = { center: VOI.center, halfHeight: mm(4.5) }

const measured = (volume: CtVolume, region: EllipticalCylinder) => ({
  meanHu: roiStatistics(volume, region).mean,
  standardErrorHu: standardErrorOfMean(volume, region).standardError,
})

/** A patient's tissues as densities on the mineral's scale: the mean of all and a deviation of their own. */
const drawTissues = (draws: Draws, drawn: Drawn) =>
  TISSUES.map(([tissue, hu_]) => {
    const own = tissue === 'air' || drawn === 'noise only' ? 0 : draws.normal(STATED.tissueHu)
    return (hu_ + own) / RESPONSE.one
  })

const show = ({ response, offset, at }: Scanner, density: number, disc: Omit<Disc, 'huAt'>): Disc => ({
  ...disc,
  huAt: (z) => at(response * density + offset, z),
})

/** The tissue reference of the scanner, learned from patients over its phantom on other days. */
function learned(scanner: Scanner, draws: Draws, drawn: Drawn) {
  const scans = Array.from({ length: TRAINING }, () => {
    const { response, offset } = otherDay(scanner, draws, drawn)
    const densities = drawTissues(draws, drawn)
    return {
      deviceSerial: 'CT-1',
      kvp: 120,
      calibration: {
        // what rods of half a HU of noise leave of a line, at 0 mg/cm³
        slope: 1 / response,
        intercept: mgPerCm3(-offset / response + draws.normal(0.4)),
        phantom: 'b-mas-200',
        mineral: 'HA' as const,
      },
      tissues: TISSUES.map(([tissue], at) => ({
        tissue,
        meanHu: hu(response * densities[at]! + offset + draws.normal(0.7)),
        standardErrorHu: hu(0.7),
      })),
    }
  })
  return learnTissueReference(scans)
}

const against = (truth: number, { density, standardUncertainty }: UncertaintyBudget): Stated => ({
  error: density - truth,
  standardUncertainty,
})

/** One patient on one scanner with one phantom, through every route. */
export function repeat(seed: number, index: number, drawn: Drawn): Repeat {
  const draws = drawsOf(seed, index)
  const model = phantomById(PHANTOMS[index % PHANTOMS.length]!)
  const isShort = Math.floor(index / PHANTOMS.length) % 2 === 1 && drawn === 'everything'
  const truth = draws.between(50, 200)
  const noise = draws.between(10, 30)
  const scanner = drawScanner(draws, drawn, RESPONSE.one)
  const rods = realRods(model, draws, drawn)

  const tissues = drawTissues(draws, drawn)
  const crop = renderCrop(
    [
      ...rodDiscs(rods, scanner),
      show(scanner, truth, VERTEBRA),
      ...TISSUES.map(([, , disc], at) => show(scanner, tissues[at]!, disc)),
    ],
    noise,
    draws,
  )
  const voi = measured(crop, VOI)
  const { calibration } = calibrateInScan(crop, foundOnCrop(model, draws, drawn, isShort), REGION)
  const inScan = inScanBudget(calibration, voi.meanHu, voi.standardErrorHu)

  const earlier = otherDay(scanner, draws, drawn)
  const alone = renderCrop(rodDiscs(rods, earlier), noise, draws)
  const kept = calibrateInScan(alone, foundOnCrop(model, draws, drawn, false), REGION).calibration
  const asynchronous = asynchronousBudget(
    kept,
    voi.meanHu,
    voi.standardErrorHu,
    drawn === 'noise only' ? null : { responsePercent: STATED.driftPercent, offsetHu: hu(STATED.driftHu) },
  )

  const reference = learned(scanner, draws, drawn)
  const samples = TISSUES.map(([tissue, , disc]) => ({ tissue, ...measured(crop, roi(disc, 3, 20)) }))
  const line = referenceLine(samples, reference, 120).calibration
  const tissue = tissueBudget(line, voi.meanHu, voi.standardErrorHu)

  const bare = calibration.rods.map(
    ({ densitySd: _, waterDensitySd: _w, placementSdHu: _p, driftHu: _d, ...rod }) => rod,
  )
  const byScatter = fitCalibration(model, bare).calibration
  return {
    'in-scan': against(truth, inScan),
    [COMPARED]: against(truth, inScanBudget(byScatter, voi.meanHu, voi.standardErrorHu)),
    asynchronous: against(truth, asynchronous),
    'tissue, learned': against(truth, tissue),
    'dual energy': pair(draws, drawn, truth, noise),
  }
}

/** The same bone by two voltages and the rods of a phantom of hydroxyapatite. */
function pair(draws: Draws, drawn: Drawn, truth: number, noise: number): Stated {
  const model = phantomById('b-mas-200')
  const rods = realRods(model, draws, drawn)
  const found = foundOnCrop(model, draws, drawn, false)
  // what is no calcium in the bone reads the same at both voltages
  const soft = drawn === 'noise only' ? 0 : draws.normal(STATED.tissueHu)
  const [low, high] = [RESPONSE.low, RESPONSE.high].map((response) => {
    const scanner = drawScanner(draws, drawn, response)
    const bone = { ...show(scanner, truth, VERTEBRA) }
    const volume = renderCrop(
      [...rodDiscs(rods, scanner), { ...bone, huAt: (z: number) => bone.huAt(z) + soft }],
      noise,
      draws,
    )
    return { rods: sampleRods(volume, found, REGION).rods, bone: measured(volume, VOI) }
  })
  const { basis } = basisFromRods(
    low!.rods.map((rod, at) => ({
      density: rod.density,
      ...(rod.densitySd === undefined ? {} : { densitySd: rod.densitySd }),
      lowHu: rod.meanHu,
      lowStandardErrorHu: rod.standardErrorHu,
      highHu: high!.rods[at]!.meanHu,
      highStandardErrorHu: high!.rods[at]!.standardErrorHu,
    })),
    'made by the bench',
  )
  const sample = (bone: ReturnType<typeof measured>) => ({
    ...bone,
    saturatedVoxels: 0,
    highestHu: hu(3071),
  })
  const result = decomposeDualEnergy(sample(low!.bone), sample(high!.bone), basis, 0)
  return against(truth, dualEnergyBudget(result))
}
