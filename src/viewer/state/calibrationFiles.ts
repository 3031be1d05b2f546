import { parseCheckedCalibration } from '../../core/calibration/asynchronous/checkedCalibration.ts'
import { parseAsynchronousPolicy } from '../../core/calibration/asynchronous/storedCalibration.ts'
import { parseDualEnergyFile } from '../../core/calibration/dualEnergy/dualEnergyFile.ts'
import { parseTissueFile } from '../../core/calibration/tissue/parseTissueFile.ts'
import { QctError } from '../../core/errors.ts'
import { LARGEST_JSON_BYTES, parseJsonText } from '../../exam/record/jsonText.ts'
import { parseRoiFile } from '../../exam/record/roiFile.ts'
import type { Outcome } from '../worker/examWorkerApi.ts'
import { outcomeOf } from '../worker/outcome.ts'
import { giveBasis, givePolicy, giveRegions, giveStored, giveTissue } from './calibrationEdits.ts'
import type { DecisionEdit } from './decisionEdits.ts'

/** What a file can be given as, for a route beyond the phantom in the scan. */
export type CalibrationFileKind = 'stored' | 'policy' | 'tissue' | 'regions' | 'basis'

/** What each kind of file is called in messages: as on the command line. */
const NAMES: Readonly<Record<CalibrationFileKind, string>> = {
  stored: 'stored calibration',
  policy: 'policy',
  tissue: 'tissue',
  regions: 'ROI',
  basis: 'dual-energy basis',
}

const EDITS: Readonly<Record<CalibrationFileKind, (json: unknown) => DecisionEdit>> = {
  stored: (json) => giveStored(parseCheckedCalibration(json)),
  policy: (json) => givePolicy(parseAsynchronousPolicy(json)),
  tissue: (json) => giveTissue(parseTissueFile(json)),
  regions: (json) => giveRegions(regionsOf(json)),
  basis: (json) => giveBasis(parseDualEnergyFile(json)),
}

/** The tissue regions of a ROI file; its other parts belong to other steps and are left alone. */
function regionsOf(json: unknown) {
  const { tissues = [] } = parseRoiFile(json).roiFile
  if (tissues.length === 0)
    throw new QctError('ROI_FILE_INVALID', { path: 'tissues', problem: 'no region of a tissue is stated' })
  return tissues
}

/**
 * The decision that a file stands for, read by the functions of the command line.
 *
 * @returns The failure of a file that cannot be taken: `INPUT_NOT_READABLE`, `JSON_INVALID`,
 *   `ASYNCHRONOUS_FILE_INVALID`, `TISSUE_FILE_INVALID`, `TISSUE_REFERENCE_UNVERIFIED`, `ROI_FILE_INVALID`,
 *   `DUAL_ENERGY_FILE_INVALID`
 */
export const editOfFile = (kind: CalibrationFileKind, file: Blob): Promise<Outcome<DecisionEdit>> =>
  outcomeOf(async () => EDITS[kind](parseJsonText(await textOf(file, NAMES[kind]), NAMES[kind])))

async function textOf(file: Blob, what: string): Promise<string> {
  if (file.size > LARGEST_JSON_BYTES)
    throw new QctError('INPUT_NOT_READABLE', { reason: `${what} file: it is larger than 4 MiB` })
  try {
    return await file.text()
  } catch (cause) {
    throw new QctError('INPUT_NOT_READABLE', { reason: `${what} file: no permission` }, { cause })
  }
}
