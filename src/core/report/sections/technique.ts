import { ELLIPTICAL_CYLINDER_PROTOCOL } from '../../spine/protocol.ts'
import { phrase } from '../../words/words.ts'
import type { ReportSection, ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'
import { calibrationStatements } from './calibration.ts'
import { MISSING } from './header.ts'

/** How the images were made, which were measured and why, and how CT numbers became densities. */
export function techniqueSection(input: ReportInput): ReportSection {
  return {
    id: 'technique',
    heading: phrase('report.heading.technique'),
    statements: [
      ...acquisition(input),
      ...seriesChoice(input),
      ...(wasMeasured(input) ? calibrationStatements(input) : [NOTHING_MEASURED]),
      ...method(input),
    ],
  }
}

/** A refused exam may have got as far as measuring some levels; where it did not, nothing is said of how. */
const wasMeasured = ({ status, results }: ReportInput) => status === 'done' || results.spine.levels.length > 0

const NOTHING_MEASURED: ReportStatement = { text: phrase('report.technique.nothing'), rule: 'QCT IV.B' }

const trimmed = (value: number, decimals: number) => String(Number(value.toFixed(decimals)))

/** What the files say of the scan, in one sentence, and what they do not say, in another. */
function acquisition({ inputs }: ReportInput): ReportStatement[] {
  const facts = inputs.acquisition
  if (facts === null) return []
  const said: string[] = []
  const silent: string[] = []
  const fact = (key: AcquisitionKey, value: string | null) => {
    if (value === null) silent.push(phrase(`report.acquisition.${key}.name`))
    else said.push(phrase(`report.acquisition.${key}.value`, { value }))
  }
  const number = (value: number | null, decimals: number) =>
    value === null ? null : trimmed(value, decimals)
  fact('thickness', number(facts.sliceThicknessMm, 2))
  fact('kvp', number(facts.kvp, 0))
  fact('mas', number(facts.exposureMas, 0))
  fact('kernel', facts.convolutionKernel?.replaceAll('\\', ' ') ?? null)
  fact('diameter', number(facts.reconstructionDiameterMm, 0))
  fact('tableHeight', number(facts.tableHeightMm, 0))
  fact('contrast', facts.contrastBolusAgent)
  const grid = phrase('report.acquisition.grid', {
    slices: facts.slices,
    spacing: trimmed(facts.sliceSpacingMm, 2),
    pixel: trimmed(facts.columnSpacingMm, 3),
  })
  const sentences = [
    `${[grid, ...said].join(', ')}.`,
    ...(silent.length === 0 ? [] : [phrase('report.acquisition.silent', { names: silent })]),
  ]
  return [{ text: sentences.join(' '), rule: 'ACR communication II.C procedures and materials' }]
}

type AcquisitionKey = 'thickness' | 'kvp' | 'mas' | 'kernel' | 'diameter' | 'tableHeight' | 'contrast'

function seriesChoice({ inputs, decisions }: ReportInput): ReportStatement[] {
  const { acquisition: facts } = inputs
  const { series } = decisions
  if (facts === null || series === null) return []
  const name = [facts.seriesNumber, facts.seriesDescription]
    .filter((part) => part !== null && part !== '')
    .join(' ')
  const chosen = phrase(
    series.chosenBy === 'caller' ? 'report.technique.seriesByCaller' : 'report.technique.seriesByProgram',
    { series: name === '' ? MISSING : name, reasons: series.reasons.join(' ') },
  )
  const others = series.otherSeries.map(({ seriesDescription, reasons }) =>
    phrase('report.technique.otherSeries', {
      series: seriesDescription === '' ? MISSING : seriesDescription,
      reasons: reasons.join(' '),
    }),
  )
  return [{ text: [chosen, ...others].join(' '), rule: 'ACR communication II.C procedures and materials' }]
}

function method({ decisions, inputs, results }: ReportInput): ReportStatement[] {
  const measured = results.spine.levels.filter((level) => level.status === 'done').map(({ level }) => level)
  if (measured.length === 0) return []
  const placedAs = (placement: string) =>
    decisions.rois
      .filter((roi) => roi.placement === placement && measured.includes(roi.level))
      .map((roi) => roi.level)
  const [automatic, seeded, given] = [placedAs('automatic'), placedAs('from seed'), placedAs('given')]
  const edited = placedAs('edited')
  const isNamingConfirmed = decisions.confirmations.includes('levelNaming')
  return [
    {
      text: [
        automatic.length + seeded.length + edited.length > 0
          ? phrase('report.technique.voi', {
              height: ELLIPTICAL_CYLINDER_PROTOCOL.height,
              version: inputs.software.methods.spineVoi ?? MISSING,
            })
          : '',
        automatic.length === 0
          ? ''
          : phrase(isNamingConfirmed ? 'report.technique.automaticConfirmed' : 'report.technique.automatic', {
              levels: automatic,
            }),
        seeded.length > 0 ? phrase('report.technique.seeded', { levels: seeded }) : '',
        edited.length > 0 ? phrase('report.technique.edited', { levels: edited }) : '',
        given.length > 0 ? phrase('report.technique.given', { levels: given }) : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
      rule: 'QCT IV.B',
    },
  ]
}
