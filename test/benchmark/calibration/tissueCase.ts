import { findRods } from '../../../src/core/calibration/findRods.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import type { PairedScan } from '../../../src/core/calibration/tissue/learnTissueReference.ts'
import { usableTissues } from '../../../src/core/calibration/tissue/usableTissues.ts'
import { renderExam } from '../../../src/demo/renderExam.ts'
import { tissueExam } from './drawnExams.ts'
import { placedTissues } from './placedTissues.ts'
import { trueNumbers, trueRegion } from './trueLevels.ts'

/** One patient of the tissue route's scanner. */
export interface TissueCase {
  readonly index: number
  readonly pair: PairedScan
  /** CT number of L3, and what the exact line makes of it. */
  readonly meanHu: number
  readonly singleEnergy: number
  readonly seconds: number
}

/** Renders a patient and measures phantom and tissues. */
export function tissueCase(seed: number, index: number): TissueCase {
  const started = performance.now()
  const exam = tissueExam(seed, index, 'none')
  const { volume, truth } = renderExam(exam)
  const l3 = truth.levels.find(({ level }) => level === 'L3')
  if (l3 === undefined) throw new Error('L3 is not in the scan')
  const { calibration } = calibrateInScan(volume, findRods(volume), trueRegion(l3))
  return {
    index,
    pair: {
      deviceSerial: 'DIGITAL-1',
      kvp: exam.scanner.kvp,
      calibration,
      tissues: placedTissues(volume, l3),
    },
    ...trueNumbers(truth, 'L3'),
    seconds: (performance.now() - started) / 1000,
  }
}

/** One patient with contrast medium: whether it is suspected. */
export interface ContrastCase {
  readonly index: number
  readonly phase: string
  readonly aortaHu: number
  readonly isWarned: boolean
}

/** Renders a patient with contrast medium and asks the guard. */
export function contrastCase(seed: number, index: number): ContrastCase {
  const exam = tissueExam(seed, index, 'enhanced')
  const { volume, truth } = renderExam(exam)
  const l3 = truth.levels.find(({ level }) => level === 'L3')
  if (l3 === undefined) throw new Error('L3 is not in the scan')
  const samples = placedTissues(volume, l3)
  return {
    index,
    phase: exam.tissue.contrast.phase,
    aortaHu: samples.find(({ tissue }) => tissue === 'blood')?.meanHu ?? Number.NaN,
    isWarned: usableTissues(samples).warnings.some(({ code }) => code === 'TISSUE_CONTRAST_SUSPECTED'),
  }
}
