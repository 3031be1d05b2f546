import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { fitCalibration } from '../../../src/core/calibration/fitCalibration.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../src/core/units.ts'
import { hardenedHu, hardeningAt } from '../../../src/demo/beamHardening.ts'
import type { ExamParameters } from '../../../src/demo/examParameters.ts'
import { PHANTOM_IDS } from '../../../src/demo/phantomModels.ts'
import { randomExamParameters } from '../../../src/demo/randomExamParameters.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { measurePhantomRods } from '../../../src/exam/phantomScan/measurePhantomRods.ts'

/** Error at 100 mg/cm³ in the spine, mg/cm³, by the kept line and by the exam's own rods. */
export interface ScannerErrors {
  readonly asynchronous: number
  readonly inScan: number
}

/** One digital scanner: a phantom scan that is kept, and a patient scanned later on the same phantom. */
export interface ScannerCase {
  readonly index: number
  readonly phantom: string
  readonly kvp: number
  readonly noiseHu: number
  readonly sliceMm: number
  /** Without and with a tenth of the beam hardening left; a code where the scan was refused. */
  readonly linear: ScannerErrors | string
  readonly hardened: ScannerErrors | string
}

/** Slices so that phantom scan and patient cover 110 mm round L1 to L3. */
const COVERED_MM = 110
const LEFT_PERCENT = 10

/** What both lines make of the CT number that 100 mg/cm³ has in the spine. */
function errorsOf(patient: ExamParameters): ScannerErrors | string {
  // Another day: the phantom alone, laid down anew, in noise of its own.
  const alone: ExamParameters = {
    ...patient,
    seed: patient.seed + 1,
    phantomAlone: true,
    phantom: patient.phantom && {
      ...patient.phantom,
      shiftXMm: -patient.phantom.shiftXMm,
      rotationZDeg: -patient.phantom.rotationZDeg,
    },
  }
  try {
    const kept = measurePhantomRods(renderExam(alone).volume, {})
    const stored = fitCalibration(kept.phantom, kept.rods).calibration
    const { volume, truth } = renderExam(patient)
    const line = truth.phantom!
    const { acquisition, spine } = patient
    const middle = acquisition.tablePositionZMm + acquisition.scanCenterZMm
    const own = calibrateInScan(volume, findRods(volume), {
      center: lpsPoint(0, 0, middle),
      halfHeight: mm(15),
    }).calibration
    const plain = (100 - line.interceptMgPerCm3) / line.slopeMgPerCm3PerHu
    const hardening = hardeningAt(patient)?.(spine.centerXMm, spine.centerYMm)
    const seen = hu(hardening === undefined ? plain : hardenedHu(hardening, plain))
    return { asynchronous: densityOf(stored, seen) - 100, inScan: densityOf(own, seen) - 100 }
  } catch (error) {
    if (error instanceof QctError) return error.code
    throw error
  }
}

function oneScanner(seed: number, index: number): ScannerCase {
  const drawn = randomExamParameters(seed, index)
  const id = PHANTOM_IDS[index % PHANTOM_IDS.length]!
  // The widest row is 5 gaps of 34 mm: in any field that was drawn.
  const phantom = { ...drawn.phantom!, id, rodDiameterMm: 16, rodSpacingMm: 34 }
  const { acquisition } = drawn
  const patient: ExamParameters = {
    ...drawn,
    phantom,
    acquisition: {
      ...acquisition,
      pixelSpacingMm: Math.max(0.7, acquisition.pixelSpacingMm),
      sliceCount: Math.ceil(COVERED_MM / acquisition.sliceSpacingMm),
      scanCenterZMm: 20,
    },
  }
  return {
    index,
    phantom: id,
    kvp: patient.scanner.kvp,
    noiseHu: patient.image.noiseSdHu,
    sliceMm: acquisition.sliceThicknessMm,
    linear: errorsOf(patient),
    hardened: errorsOf({
      ...patient,
      scanner: { ...patient.scanner, beamHardeningPercent: LEFT_PERCENT },
    }),
  }
}

const [seed, index] = process.argv.slice(2).map(Number)
if (seed !== undefined && index !== undefined) console.log(JSON.stringify(oneScanner(seed, index)))
