import { lpsPoint } from '../../core/geometry/lps.ts'
import { CALIBRATION_FIGURE, RODS_FIGURE, voiFigureName } from '../../core/report/reportFigures.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamRecord } from '../record/examRecord.ts'
import { calibrationFigure } from './calibrationFigure.ts'
import { encodePng } from './png.ts'
import { rodsFigure } from './rodsFigure.ts'
import { voiFigure } from './voiFigure.ts'

/** One picture of the result as a PNG file. */
export interface ExamFigure {
  readonly name: string
  readonly png: Uint8Array
}

/**
 * The pictures of an exam, made from its record and its volume alone: every placed VOI on its three planes, and, with
 * a phantom, the rods and the calibration line. The same exam gives the same bytes.
 */
export function examFigures(volume: CtVolume, record: ExamRecord): ExamFigure[] {
  const footer = footerOf(record)
  const { calibration, spine } = record.results
  const vois = record.decisions.rois.flatMap((decision) => {
    const level = spine.levels.find((entry) => entry.level === decision.level)
    const { voi } = decision
    return voi === null || level === undefined || level.refusal?.code === 'LEVEL_EXCLUDED'
      ? []
      : [
          {
            name: voiFigureName(level.level),
            picture: voiFigure(volume, { ...decision, voi }, level, footer),
          },
        ]
  })
  const { slopeMgPerCm3PerHu, interceptMgPerCm3 } = calibration
  const centers = spine.levels.flatMap(({ centerLps }) =>
    centerLps === null ? [] : [lpsPoint(...centerLps)],
  )
  const isAutomatic = record.decisions.rods.every(({ source }) => source === 'automatic')
  const phantom =
    calibration.method !== 'in-scan' || slopeMgPerCm3PerHu === null || interceptMgPerCm3 === null
      ? []
      : [
          { name: RODS_FIGURE, picture: rodsFigure(volume, calibration, centers, isAutomatic, footer) },
          {
            name: CALIBRATION_FIGURE,
            picture: calibrationFigure(
              { ...calibration, slopeMgPerCm3PerHu, interceptMgPerCm3 },
              spine,
              footer,
            ),
          },
        ]
  return [...vois, ...phantom].map(({ name, picture }) => ({ name, png: encodePng(picture) }))
}

/** Series and date, so that a picture that lost its report can still be placed; nothing of the patient. */
function footerOf({ inputs }: ExamRecord): string {
  const { software, study, acquisition } = inputs
  const parts = [
    acquisition?.seriesDescription,
    study.studyDate,
    phrase('figure.madeBy', { name: software.name, version: software.version }),
  ]
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join('   ')
}
