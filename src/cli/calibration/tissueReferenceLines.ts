import type { LearnedFrom } from '../../core/calibration/tissue/learnedFrom.ts'
import type { TissueReference } from '../../core/calibration/tissue/referenceLine.ts'
import { TISSUES } from '../../core/calibration/tissue/tissues.ts'
import { phrase } from '../../core/words/words.ts'
import type { TissueScanRow } from '../../exam/tissueReference/learnFromExams.ts'

const signed = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`

/** A scan in one line: what its tissues show, or why it cannot be learned from. */
export function tissueScanLine({ name, pair }: TissueScanRow): string {
  if (!pair.ok) {
    const { code, message } = pair.error
    return phrase('cli.printed.tissuePairRefused', { name, code, message })
  }
  const { kvp, tissues } = pair.value.scan
  return phrase('cli.printed.tissuePair', {
    name,
    kvp,
    tissues: tissues.map(({ tissue, meanHu }) =>
      phrase('cli.printed.tissuePairTissue', {
        tissue: phrase(`report.tissueName.${tissue}`),
        value: signed(meanHu),
      }),
    ),
  })
}

/** A learned reference in a few lines: where it holds, and what each tissue counts as. */
export function tissueReferenceLines(
  { kvp, mineral, scans, tissues, learned }: TissueReference & { readonly learned: LearnedFrom },
  given: number,
): string[] {
  return [
    phrase('cli.printed.tissueReferenceOf', { ...learned, kvp, mineral, scans, given }),
    ...TISSUES.flatMap((tissue) => {
      const known = tissues[tissue]
      const residuals = learned.residualsMgPerCm3[tissue] ?? []
      if (known === undefined) return []
      return phrase('cli.printed.tissueReferenceDensity', {
        tissue: phrase(`report.tissueName.${tissue}`),
        density: signed(known.density),
        sd: signed(known.sd),
        scans: residuals.length,
        largest: signed(Math.max(...residuals.map(Math.abs))),
      })
    }),
  ]
}
