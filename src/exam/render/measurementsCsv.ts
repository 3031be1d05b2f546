import type { ExamRecord } from '../record/examRecord.ts'
import type { CalibrationResult, LevelResult } from '../record/results.ts'
import type { LevelByCalibration } from '../record/routeResults.ts'
import { type CsvCell, csvText } from './csv.ts'

interface Row {
  readonly record: ExamRecord
  readonly level: LevelResult
  /** What the row's route made of the level; undefined where none calibrates. */
  readonly value: LevelByCalibration | undefined
  readonly calibration: CalibrationResult | undefined
}

const roiOf = ({ record, level }: Row) => record.decisions.rois.find((roi) => roi.level === level.level)

/** One column: its name with the unit, and the cell of a level. The order is part of the format. */
const COLUMNS: readonly (readonly [string, (row: Row) => CsvCell])[] = [
  ['studyInstanceUid', ({ record }) => record.inputs.study.studyInstanceUid],
  ['studyDate', ({ record }) => record.inputs.study.studyDate],
  ['patientId', ({ record }) => record.inputs.patient.patientId],
  ['seriesInstanceUid', ({ record }) => record.inputs.acquisition?.seriesInstanceUid ?? null],
  ['level', ({ level }) => level.level],
  ['status', ({ level }) => level.status],
  ['refusalCode', ({ level, value }) => value?.refusal?.code ?? level.refusal?.code ?? null],
  ['route', ({ value }) => value?.route ?? 'none'],
  ['isUsed', ({ record, value }) => (isUsed(record, value) ? 'yes' : 'no')],
  ['vbmdMgPerCm3', ({ value }) => value?.vbmdMgPerCm3 ?? null],
  ['uncertaintyMgPerCm3', ({ value }) => value?.uncertaintyMgPerCm3 ?? null],
  ['noiseStandardUncertaintyMgPerCm3', ({ value }) => value?.parts.noiseMgPerCm3 ?? null],
  ['calibrationStandardUncertaintyMgPerCm3', ({ value }) => value?.parts.calibrationMgPerCm3 ?? null],
  ['mineral', ({ value }) => value?.mineral ?? null],
  ['meanHu', ({ level }) => level.meanHu],
  ['sdHu', ({ level }) => level.sdHu],
  ['standardErrorHu', ({ level }) => level.standardErrorHu],
  ['voxels', ({ level }) => level.n],
  ['centerLeftMm', ({ level }) => level.centerLps?.[0] ?? null],
  ['centerPosteriorMm', ({ level }) => level.centerLps?.[1] ?? null],
  ['centerSuperiorMm', ({ level }) => level.centerLps?.[2] ?? null],
  ['tiltDeg', ({ level }) => level.tiltDeg],
  ['radiusLateralMm', (row) => roiOf(row)?.voi?.radiiMm[0] ?? null],
  ['radiusDepthMm', (row) => roiOf(row)?.voi?.radiiMm[1] ?? null],
  ['heightMm', (row) => roiOf(row)?.voi?.heightMm ?? null],
  ['placement', (row) => roiOf(row)?.placement ?? null],
  ['calibrationMethod', ({ record }) => record.results.calibration.method],
  ['phantom', ({ calibration }) => calibration?.phantom ?? null],
  ['slopeMgPerCm3PerHu', ({ calibration }) => calibration?.slopeMgPerCm3PerHu ?? null],
  ['interceptMgPerCm3', ({ calibration }) => calibration?.interceptMgPerCm3 ?? null],
  ['residualSdMgPerCm3', ({ calibration }) => calibration?.residualSdMgPerCm3 ?? null],
  ['kvp', ({ record }) => record.inputs.acquisition?.kvp ?? null],
  ['sliceThicknessMm', ({ record }) => record.inputs.acquisition?.sliceThicknessMm ?? null],
  ['convolutionKernel', ({ record }) => record.inputs.acquisition?.convolutionKernel ?? null],
  [
    'warnings',
    ({ record, level, value }) => {
      const ofLevel = isUsed(record, value) ? level.warnings : (value?.warnings ?? [])
      return [...record.results.warnings, ...ofLevel].map((warning) => warning.code).join(' ')
    },
  ],
  ['software', ({ record }) => `${record.inputs.software.name} ${record.inputs.software.version}`],
  [
    'methods',
    ({ record }) =>
      Object.entries(record.inputs.software.methods)
        .map(([method, version]) => `${method}: ${version}`)
        .join('; '),
  ],
]

/** Whether a row is the level's own value: the used route's, or the CT number alone where none calibrates. */
const isUsed = ({ decisions }: ExamRecord, value: LevelByCalibration | undefined) =>
  (value?.route ?? 'none') === decisions.calibration.used

/**
 * `measurements.csv`: one line per level and route (one where nothing calibrates) with unit in every column's name,
 * provenance and method versions.
 */
export function measurementsCsv(record: ExamRecord): string {
  const { spine, calibrations } = record.results
  const rows = spine.levels.flatMap((level): Row[] => {
    const values = level.byCalibration.length === 0 ? [undefined] : level.byCalibration
    return values.map((value) => ({
      record,
      level,
      value,
      calibration: calibrations.find(({ id }) => id === value?.calibration),
    }))
  })
  return csvText(
    COLUMNS.map(([name]) => name),
    rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  )
}
