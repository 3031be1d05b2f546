import { parseCheckedCalibration } from '../../core/calibration/asynchronous/checkedCalibration.ts'
import {
  DEFAULT_ASYNCHRONOUS_POLICY,
  parseAsynchronousPolicy,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import { parseDualEnergyFile } from '../../core/calibration/dualEnergy/dualEnergyFile.ts'
import { parseTissueFile } from '../../core/calibration/tissue/parseTissueFile.ts'
import { QctError } from '../../core/errors.ts'
import { type ExamRequest, PLAIN_REQUEST, type TissueRequest } from '../../exam/pipeline/examRequest.ts'
import type { RoiFile } from '../../exam/record/roiFile.ts'
import { readJsonFile } from '../jsonFile.ts'

/** The options of `analyze` that say how CT numbers become densities, as the shell gives them. */
export interface CalibrationOptions {
  readonly calibration: ExamRequest['calibration']
  readonly phantom?: string
  readonly storedCalibration?: readonly string[]
  /** Data folder whose kept calibrations are used; true: the usual one. */
  readonly data?: string | true
  readonly policy?: string
  readonly tissueFile?: readonly string[]
  readonly secondSeries?: string
  readonly dualEnergyBasis?: string
}

type CalibrationRequest = Pick<ExamRequest, 'calibration' | 'asynchronous' | 'tissue' | 'dualEnergy'>

/**
 * What the calibration options stand for, with the files they name read and checked.
 *
 * @throws {QctError} `OPTION_INVALID` where an option would be without effect or one is missing;
 *   `INPUT_NOT_READABLE`, `JSON_INVALID`, `ASYNCHRONOUS_FILE_INVALID`, `TISSUE_FILE_INVALID`,
 *   `TISSUE_REFERENCE_UNVERIFIED`, `DUAL_ENERGY_FILE_INVALID`
 */
export function calibrationRequestOf(
  options: CalibrationOptions,
  roiFile: RoiFile | null,
): CalibrationRequest {
  refuseUseless(options)
  return {
    calibration: options.calibration,
    asynchronous: asynchronousOf(options),
    tissue: tissueOf(options.tissueFile ?? [], roiFile),
    dualEnergy: dualEnergyOf(options),
  }
}

/** Which calibrations each option has an effect on. An option that changes nothing is a misunderstanding. */
const EFFECTS: readonly (readonly [
  keyof CalibrationOptions,
  string,
  readonly ExamRequest['calibration'][],
])[] = [
  ['phantom', '--phantom', ['auto', 'in-scan', 'dual-energy', 'all']],
  ['storedCalibration', '--stored-calibration', ['auto', 'asynchronous', 'all']],
  ['data', '--data', ['auto', 'asynchronous', 'all']],
  ['policy', '--policy', ['auto', 'asynchronous', 'all']],
  ['tissueFile', '--tissue-file', ['tissue', 'all']],
  ['secondSeries', '--second-series', ['dual-energy', 'all']],
  ['dualEnergyBasis', '--dual-energy-basis', ['dual-energy', 'all']],
]

/** What a calibration that is asked for by name cannot do without. */
const NEEDS: readonly (readonly [
  ExamRequest['calibration'],
  readonly (keyof CalibrationOptions)[],
  string,
])[] = [
  ['asynchronous', ['storedCalibration', 'data'], '--stored-calibration or --data'],
  ['tissue', ['tissueFile'], '--tissue-file'],
  ['dual-energy', ['secondSeries'], '--second-series'],
]

function refuseUseless(options: CalibrationOptions): void {
  const { calibration } = options
  for (const [key, option, effective] of EFFECTS)
    if (options[key] !== undefined && !effective.includes(calibration))
      throw new QctError('OPTION_INVALID', {
        option,
        problem: `makes no sense with --calibration ${calibration}`,
      })
  for (const [named, keys, option] of NEEDS)
    if (calibration === named && keys.every((key) => options[key] === undefined))
      throw new QctError('OPTION_INVALID', { option, problem: `is needed with --calibration ${calibration}` })
  const lone = (option: string, other: string) =>
    new QctError('OPTION_INVALID', { option, problem: `makes no sense without ${other}` })
  if (options.policy !== undefined && options.storedCalibration === undefined && options.data === undefined)
    throw lone('--policy', '--stored-calibration or --data')
  if (options.dualEnergyBasis !== undefined && options.secondSeries === undefined)
    throw lone('--dual-energy-basis', '--second-series')
}

/** What the files hold; what the registry keeps is added for each scan by `keptRequests`. */
function asynchronousOf({
  storedCalibration,
  data,
  policy,
}: CalibrationOptions): ExamRequest['asynchronous'] {
  if (storedCalibration === undefined && data === undefined) return null
  return {
    stored: (storedCalibration ?? []).map((path) =>
      parseCheckedCalibration(readJsonFile(path, 'stored calibration')),
    ),
    policy:
      policy === undefined
        ? DEFAULT_ASYNCHRONOUS_POLICY
        : parseAsynchronousPolicy(readJsonFile(policy, 'policy')),
  }
}

function tissueOf(paths: readonly string[], roiFile: RoiFile | null): TissueRequest | null {
  const regions = roiFile?.tissues ?? []
  if (paths.length === 0 && regions.length === 0) return PLAIN_REQUEST.tissue
  let tissue: TissueRequest = { densities: null, spread: null, reference: null, windows: null, regions }
  for (const path of paths) tissue = { ...tissue, ...parseTissueFile(readJsonFile(path, 'tissue')) }
  return tissue
}

const dualEnergyOf = ({ secondSeries, dualEnergyBasis }: CalibrationOptions): ExamRequest['dualEnergy'] =>
  secondSeries === undefined
    ? null
    : {
        otherSeriesUid: secondSeries,
        basis:
          dualEnergyBasis === undefined
            ? null
            : parseDualEnergyFile(readJsonFile(dualEnergyBasis, 'dual-energy basis')),
      }
