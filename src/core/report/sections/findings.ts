import type { CalibrationRoute } from '../../calibration/calibrationRoute.ts'
import { SPINE_CATEGORY_CUTS } from '../../spine/spineCategory.ts'
import { phrase } from '../../words/words.ts'
import { printedValue } from '../printedValue.ts'
import { SPINE_PRINTING } from '../printingMatrix.ts'
import type { ReportSection, ReportStatement, ReportTable } from '../reportDocument.ts'
import { reportFigures } from '../reportFigures.ts'
import type { ReportInput, ReportLevel } from '../reportInput.ts'
import { routeLabel } from './calibration.ts'
import { MISSING } from './header.ts'

/** What was measured, level by level, and the mean. */
export function findingsSection(input: ReportInput): ReportSection {
  const { levels } = input.results.spine
  const figures = reportFigures(input)
  return {
    id: 'findings',
    heading: phrase('report.heading.findings'),
    ...(levels.length === 0 ? {} : { table: levelTable(levels, input.results.calibration.method) }),
    ...(figures.length === 0 ? {} : { figures }),
    statements: [...meanStatement(input), ...labelled(input), ...excluded(levels), ...reading(input)],
  }
}

function levelTable(levels: readonly ReportLevel[], route: CalibrationRoute): ReportTable {
  const isResearch = SPINE_PRINTING[route].vbmd === 'research'
  const density = {
    title: phrase(isResearch ? 'report.column.vbmdResearch' : 'report.column.vbmd'),
    unit: 'mg/cm³',
    align: 'right',
    cell: (level: ReportLevel) =>
      level.vbmdMgPerCm3 === null ? MISSING : printedValue(level.vbmdMgPerCm3, level.uncertaintyMgPerCm3),
  } as const
  const columns = [
    {
      title: phrase('report.column.level'),
      unit: '',
      align: 'left',
      cell: ({ level }: ReportLevel) => level,
    },
    ...(SPINE_PRINTING[route].vbmd === 'no' ? [] : [density]),
    {
      title: phrase('report.column.meanHu'),
      unit: 'HU',
      align: 'right',
      cell: (level: ReportLevel) => fixed(level.meanHu, 1),
    },
    {
      title: phrase('report.column.sdHu'),
      unit: 'HU',
      align: 'right',
      cell: (level: ReportLevel) => fixed(level.sdHu, 1),
    },
    {
      title: phrase('report.column.n'),
      unit: '',
      align: 'right',
      cell: (level: ReportLevel) => fixed(level.n, 0),
    },
    {
      title: phrase('report.column.tilt'),
      unit: '°',
      align: 'right',
      cell: (level: ReportLevel) => fixed(level.tiltDeg, 1),
    },
    ...(levels.some((level) => doubts(level) !== '')
      ? [{ title: phrase('report.column.doubts'), unit: '', align: 'left', cell: doubts } as const]
      : []),
  ] as const
  return {
    caption: phrase('report.findings.table'),
    columns: columns.map(({ title, unit, align }) => ({ title, unit, align })),
    rows: levels.map((level) => columns.map(({ cell }) => cell(level))),
    rule: 'QCT V.A',
  }
}

const fixed = (value: number | null, decimals: number) => (value === null ? MISSING : value.toFixed(decimals))

function doubts(level: ReportLevel): string {
  if (level.status === 'refused') return phrase('report.findings.notMeasured')
  return level.warnings.length === 0 ? '' : phrase('report.findings.doubts', { count: level.warnings.length })
}

function meanStatement({ results }: ReportInput): ReportStatement[] {
  const { spine, calibration } = results
  const measured = spine.levels.filter(({ status }) => status === 'done').map(({ level }) => level)
  if (spine.meanVbmdMgPerCm3 !== null)
    return [
      {
        text: phrase('report.findings.mean', {
          levels: measured,
          value: printedValue(spine.meanVbmdMgPerCm3, spine.meanUncertaintyMgPerCm3, SPINE_CATEGORY_CUTS),
          mineral: phrase(`report.mineral.${calibration.mineral ?? 'K2HPO4'}`),
        }),
        rule: 'QCT V.A',
      },
    ]
  if (measured.length === 0) return []
  if (calibration.method === 'none') return [{ text: phrase('report.findings.huOnly'), rule: 'QCT IV.B.2' }]
  return [{ text: phrase('report.findings.noMean', { found: measured.length }), rule: 'QCT IV.B' }]
}

/** What must be said beside densities of this route, where there are any. */
const labelled = (input: ReportInput): ReportStatement[] =>
  input.results.spine.levels.some(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 !== null) ? routeLabel(input) : []

const excluded = (levels: readonly ReportLevel[]): ReportStatement[] =>
  levels
    .filter((level) => level.status === 'refused')
    .map(({ level, refusal }) => ({
      text:
        refusal?.code === 'LEVEL_EXCLUDED'
          ? refusal.message
          : phrase('report.findings.excluded', { level, reason: refusal?.message ?? '' }),
      rule: 'QCT IV.B',
    }))

/** What the reader saw in the images; that nobody looked for fractures is said too. */
function reading({ decisions }: ReportInput): ReportStatement[] {
  const { findings } = decisions.readerText
  const isRead = decisions.confirmations.includes('readForFractures')
  const byReader: ReportStatement[] =
    findings === null ? [] : [{ text: findings, rule: 'QCT V.F', author: 'reader' }]
  const fractures: ReportStatement = {
    text: phrase(isRead ? 'report.findings.readForFractures' : 'report.findings.fractures'),
    rule: 'QCT V.F',
  }
  return [...byReader, fractures]
}
