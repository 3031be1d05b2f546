import { phrase } from '../words/words.ts'
import { phantomName } from './phantomName.ts'
import { printedValue } from './printedValue.ts'
import type { ReportFigure } from './reportDocument.ts'
import type { ReportInput } from './reportInput.ts'

/** File name of the picture of a level's VOI. */
export const voiFigureName = (level: string) => `voi-${level}.png`
/** File name of the picture of the phantom's rods. */
export const RODS_FIGURE = 'rods.png'
/** File name of the plot of the calibration line. */
export const CALIBRATION_FIGURE = 'calibration.png'

/** The pictures that belong to a report, in order: each placed VOI, then the phantom; none for a refused exam. */
export function reportFigures(input: ReportInput): readonly ReportFigure[] {
  if (input.status === 'refused') return []
  const { spine, calibration } = input.results
  const vois = input.decisions.rois.flatMap(({ level, voi }): ReportFigure[] => {
    const result = spine.levels.find((candidate) => candidate.level === level)
    if (voi === null || result === undefined || result.refusal?.code === 'LEVEL_EXCLUDED') return []
    const { vbmdMgPerCm3, uncertaintyMgPerCm3, meanHu } = result
    const values = [
      ...(vbmdMgPerCm3 === null ? [] : [`${printedValue(vbmdMgPerCm3, uncertaintyMgPerCm3)} mg/cm³`]),
      ...(meanHu === null ? [] : [`${printedValue(meanHu, null)} HU`]),
    ]
    return [
      {
        name: voiFigureName(level),
        caption: phrase('report.figure.voi.caption', { level }),
        alt: phrase('report.figure.voi.alt', {
          level,
          values: values.length === 0 ? phrase('report.findings.notMeasured') : values.join(', '),
        }),
        rule: 'QCT IV.B',
      },
    ]
  })
  // Rods and their line belong to a phantom in the scan.
  if (calibration.method !== 'in-scan') return vois
  if (calibration.slopeMgPerCm3PerHu === null || calibration.interceptMgPerCm3 === null) return vois
  const phantom = phantomName(calibration.phantom)
  return [
    ...vois,
    {
      name: RODS_FIGURE,
      caption: phrase('report.figure.rods.caption', { phantom }),
      alt: phrase('report.figure.rods.alt', { phantom, count: calibration.rods.length }),
      rule: 'QCT IV.B.1',
    },
    {
      name: CALIBRATION_FIGURE,
      caption: phrase('report.figure.calibration.caption'),
      alt: phrase('report.figure.calibration.alt', {
        slope: calibration.slopeMgPerCm3PerHu.toFixed(4),
        intercept: calibration.interceptMgPerCm3.toFixed(1).replace('-', '−'),
      }),
      rule: 'QCT IV.B.1',
    },
  ]
}
