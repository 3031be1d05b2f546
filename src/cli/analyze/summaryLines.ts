import { printedValue } from '../../core/report/printedValue.ts'
import { SPINE_CATEGORY_CUTS } from '../../core/spine/spineCategory.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { LevelResult } from '../../exam/record/results.ts'

/** An exam in a few lines: a value per level, the mean, and every doubt by its code. */
export function summaryLines({ results }: ExamRecord): string[] {
  const { spine, warnings } = results
  const mean =
    spine.meanVbmdMgPerCm3 === null
      ? []
      : [
          phrase('cli.printed.mean', {
            value: printedValue(spine.meanVbmdMgPerCm3, spine.meanUncertaintyMgPerCm3, SPINE_CATEGORY_CUTS),
          }),
        ]
  const codes = [...warnings, ...spine.levels.flatMap((level) => level.warnings)].map(({ code }) => code)
  const doubts = codes.length === 0 ? [] : [phrase('cli.printed.warnings', { codes: [...new Set(codes)] })]
  return [...spine.levels.map(levelLine), ...mean, ...doubts]
}

function levelLine(level: LevelResult): string {
  if (level.status === 'refused' || level.meanHu === null)
    return `${level.level}   ${phrase('cli.printed.refused', { code: level.refusal?.code ?? '' })}`
  const density =
    level.vbmdMgPerCm3 === null
      ? ''
      : `${phrase('cli.printed.density', { value: printedValue(level.vbmdMgPerCm3, level.uncertaintyMgPerCm3) })}   `
  return `${level.level}   ${density}${phrase('cli.printed.ctNumber', { value: level.meanHu.toFixed(1) })}`
}
