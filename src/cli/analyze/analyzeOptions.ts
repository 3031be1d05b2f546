import { QctError, type QctWarning } from '../../core/errors.ts'
import { VERTEBRAL_LEVELS, type VertebralLevel } from '../../core/units.ts'
import { type ExamRequest, PLAIN_REQUEST } from '../../exam/pipeline/examRequest.ts'
import { parsePatientFile } from '../../exam/record/patientFile.ts'
import { parseRoiFile } from '../../exam/record/roiFile.ts'
import { readJsonFile } from '../jsonFile.ts'
import { type CalibrationOptions, calibrationRequestOf } from './calibrationOptions.ts'
import { type PhantomOptions, userPhantomsOf } from './phantomFiles.ts'

/** The options of `analyze` as the shell gives them. */
export interface AnalyzeOptions extends CalibrationOptions, PhantomOptions {
  readonly levels?: string
  readonly roi?: string
  readonly patient?: string
  readonly series?: string
  readonly out: string
  readonly quiet?: true
  readonly resume: boolean
}

/**
 * The request that the options stand for, with the files they name read and checked.
 *
 * @throws {QctError} `PHANTOM_UNKNOWN`, `PHANTOM_FILE_INVALID`, `PHANTOM_ID_TAKEN`, `OPTION_INVALID`,
 *   `INPUT_NOT_READABLE`, `JSON_INVALID`, `ROI_FILE_INVALID`, `PATIENT_FILE_INVALID`, and the codes of
 *   `calibrationRequestOf`.
 */
export function requestOf(options: AnalyzeOptions): {
  readonly request: ExamRequest
  readonly warnings: readonly QctWarning[]
} {
  const userPhantoms = userPhantomsOf(options)
  const roi = options.roi === undefined ? null : parseRoiFile(readJsonFile(options.roi, 'ROI'))
  const patient =
    options.patient === undefined ? null : parsePatientFile(readJsonFile(options.patient, 'patient'))
  return {
    request: {
      ...PLAIN_REQUEST,
      ...calibrationRequestOf(options, roi?.roiFile ?? null),
      phantom: options.phantom ?? null,
      userPhantoms,
      levels: options.levels === undefined ? null : levelsOf(options.levels),
      roiFile: roi?.roiFile ?? null,
      patientFile: patient?.patientFile ?? null,
      seriesUid: options.series ?? null,
    },
    warnings: [...(roi?.warnings ?? []), ...(patient?.warnings ?? [])],
  }
}

function levelsOf(text: string): readonly VertebralLevel[] {
  const names = text
    .split(',')
    .map((name) => name.trim().toUpperCase())
    .filter((name) => name !== '')
  const unknown = names.find((name) => !VERTEBRAL_LEVELS.some((level) => level === name))
  const known = VERTEBRAL_LEVELS.filter((level) => names.includes(level))
  if (unknown !== undefined || known.length === 0)
    throw new QctError('OPTION_INVALID', {
      option: '--levels',
      problem: `names ${unknown ?? 'no level'}; known are ${VERTEBRAL_LEVELS.join(', ')}`,
    })
  return known
}
