import { screeningAttenuation } from '../../../core/calibration/huOnly/screeningAttenuation.ts'
import { QctError } from '../../../core/errors.ts'
import { namesAgent } from '../../../core/quality/acquisitionWarnings.ts'
import { hu } from '../../../core/units.ts'
import { imageQuantity } from '../../../dicom/imageQuantity.ts'
import type { LevelResult } from '../../record/results.ts'
import type { ScreeningResult } from '../../record/routeResults.ts'
import type { ExamContext } from '../examContext.ts'
import { recordWarnings } from '../recordWarning.ts'

/**
 * The screening attenuation of L1 in the record's form, or why it is not stated. It is no density and chooses no
 * category.
 *
 * @param context - Without a series no header says anything, and then it is refused.
 */
export function screening(
  levels: readonly LevelResult[],
  { series, voltages = [series?.acquisition.kvp ?? null] }: Pick<ExamContext, 'series' | 'voltages'>,
): ScreeningResult {
  const l1 = levels.find(({ level }) => level === 'L1')
  if (l1 !== undefined && l1.refusal !== null) return refused(l1.refusal)
  try {
    if (l1 === undefined || l1.meanHu === null || l1.standardErrorHu === null)
      throw new QctError('HU_ONLY_REFUSED', { condition: 'level', found: 'not measured', needed: 'L1' })
    const agent = series?.acquisition.contrastBolusAgent ?? null
    const found = screeningAttenuation(
      { level: 'L1', meanHu: hu(l1.meanHu), standardErrorHu: hu(l1.standardErrorHu) },
      {
        kvp: voltages,
        image: series === null ? null : imageQuantity(series.acquisition, series.seriesDescription).kind,
        contrastAgent: namesAgent(agent) ? agent : null,
      },
    )
    return {
      attenuationHu: found.attenuation,
      standardErrorHu: found.standardError,
      comparisons: found.comparisons.map(({ cut, met, certain }) => ({
        cutHu: cut.hu,
        finding: cut.finding,
        side: cut.side,
        citation: cut.citation,
        met,
        certain,
      })),
      warnings: recordWarnings(found.warnings),
      refusal: null,
    }
  } catch (error) {
    if (error instanceof QctError) return refused({ code: error.code, message: error.message })
    throw error
  }
}

const refused = (refusal: NonNullable<ScreeningResult['refusal']>): ScreeningResult => ({
  attenuationHu: null,
  standardErrorHu: null,
  comparisons: [],
  warnings: [],
  refusal,
})
