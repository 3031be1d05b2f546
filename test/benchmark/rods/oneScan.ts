import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { densityStandardError } from '../../../src/core/calibration/fitCalibration.ts'
import type { FoundPhantom } from '../../../src/core/calibration/foundPhantom.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { displacement, length, reject } from '../../../src/core/geometry/vector.ts'
import { hu, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { ExamTruth } from '../../../src/demo/examTruth.ts'
import { randomExamParameters } from '../../../src/demo/randomExamParameters.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'

/** What one digital exam said of finder and calibration. */
export interface RodCase {
  readonly index: number
  readonly phantom: string
  readonly sliceMm: number
  readonly noiseHu: number
  /** Id of the phantom found, or the code of the refusal. */
  readonly found: string
  /** Largest distance of a rod from its true axis; −1 when there is none to compare. */
  readonly placeMm: number
  /** Error of the density 100 mg/cm³ as each level's calibration reads it, mg/cm³. */
  readonly levels: readonly { readonly error: number; readonly standardError: number }[]
  readonly warnings: readonly string[]
  /** What was found in the same exam without its phantom; null where that was not tried. */
  readonly withoutPhantom: string | null
  readonly findSeconds: number
}

function outcomeOf(volume: CtVolume): FoundPhantom | string {
  try {
    return findRods(volume)
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
}

function placeOf(found: FoundPhantom, truth: NonNullable<ExamTruth['phantom']>): number {
  if (found.rods.length !== truth.rods.length) return Number.POSITIVE_INFINITY
  return Math.max(
    ...found.rods.map(({ rod, point }) => {
      const true_ = truth.rods.find(({ label }) => label === rod.label)
      if (true_ === undefined) return Number.POSITIVE_INFINITY
      return length(reject(displacement(lpsPoint(...true_.centerLps), point), lpsVector(...true_.axisLps)))
    }),
  )
}

function oneScan(seed: number, index: number): RodCase {
  const parameters = randomExamParameters(seed, index)
  const { volume, truth } = renderExam(parameters)
  const phantom = truth.phantom
  if (phantom === null) throw new Error('the exam has no phantom')
  const started = performance.now()
  const found = outcomeOf(volume)
  const findSeconds = (performance.now() - started) / 1000
  const warnings: string[] = []
  const levels: { error: number; standardError: number }[] = []
  if (typeof found !== 'string') {
    warnings.push(...found.warnings.map((warning) => warning.code))
    for (const { level, voi } of truth.levels) {
      if (!['L1', 'L2', 'L3'].includes(level)) continue
      const region = { center: lpsPoint(...voi.centerLps), halfHeight: mm(voi.heightMm / 2) }
      const fitted = calibrateInScan(volume, found, region)
      const ctNumber = hu((100 - phantom.interceptMgPerCm3) / phantom.slopeMgPerCm3PerHu)
      levels.push({
        error: densityOf(fitted.calibration, ctNumber) - 100,
        standardError: densityStandardError(fitted.calibration, ctNumber, hu(0)),
      })
      // Two rods never allow a residual check: that is true, not false.
      warnings.push(
        ...fitted.warnings
          .map((warning) => warning.code)
          .filter((code) => code !== 'CALIBRATION_NO_RESIDUAL_CHECK'),
      )
    }
  }
  const bare = index % 4 === 0 ? outcomeOf(renderExam({ ...parameters, phantom: null }).volume) : null
  return {
    index,
    phantom: phantom.id,
    sliceMm: parameters.acquisition.sliceThicknessMm,
    noiseHu: parameters.image.noiseSdHu,
    found: typeof found === 'string' ? found : found.phantom.id,
    placeMm: typeof found === 'string' ? -1 : placeOf(found, phantom),
    levels,
    warnings: [...new Set(warnings)],
    withoutPhantom: bare === null || typeof bare === 'string' ? bare : bare.phantom.id,
    findSeconds,
  }
}

const [seed, index] = process.argv.slice(2).map(Number)
if (seed !== undefined && index !== undefined) console.log(JSON.stringify(oneScan(seed, index)))
