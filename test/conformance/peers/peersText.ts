import { digitalTruth } from './digitalTruth.ts'
import { MINDWAYS, OGO_INTERNAL, PRINTED_AT_HU, SIDE_BY_SIDE } from './fixtures.ts'
import { mindwaysLine, ourRaw } from './methods.ts'
import { isSame, oursAt150, sameMethods } from './sameMethod.ts'

const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const head = (...cells: readonly string[]) => [row(...cells), row(...cells.map(() => '---'))]

function sameMethodTable(): string[] {
  const digits = (value: number, to: number) => value.toFixed(Math.min(to, 10))
  return [
    ...head('peer', 'fixture', 'printed there', 'here', 'computed by', 'same'),
    ...sameMethods().map((one) =>
      row(
        one.peer,
        one.fixture,
        digits(one.printed, one.digits),
        digits(one.here, one.digits),
        one.code === 'src' ? 'this program' : 'equations restated',
        isSame(one) ? 'yes' : '**no**',
      ),
    ),
  ]
}

function sideBySideTable(): string[] {
  const { atHu, ...peers } = SIDE_BY_SIDE
  const raw = ourRaw({ air: -1000, adipose: -100, skeletalMuscle: 50, blood: 40, corticalBone: 1200 })
  const soft = ourRaw({ air: -1000, adipose: -100, skeletalMuscle: 50, blood: 40 })
  const mindways = mindwaysLine(MINDWAYS.rodsHu)
  const by = ({ slope, intercept }: { slope: number; intercept: number }) =>
    atHu.map((ctNumber) => (slope * ctNumber + intercept).toFixed(1))
  return [
    ...head('formula', ...atHu.map((ctNumber) => `${ctNumber} HU`)),
    ...Object.entries(peers).map(([name, values]) => row(name, ...values.map((value) => value.toFixed(1)))),
    row('**ours**, effective energy, five tissues', ...by(raw)),
    row('**ours**, effective energy, no bone', ...by(soft)),
    row('**ours**, Mindways rods of the archived test', ...by(mindways)),
  ]
}

function differenceTable(): string[] {
  const at150 = PRINTED_AT_HU.indexOf(150)
  return [
    ...head('tissues', 'Ogo at 150 HU', 'ours at 150 HU'),
    ...OGO_INTERNAL.map(({ name, tissues, densities, digits }) =>
      row(name, densities[at150]!.toFixed(digits), oursAt150(tissues)),
    ),
  ]
}

function truthTable(): string[] {
  return [
    ...head('method', 'whose', 'bias', 'rms error', 'largest error', 'patients refused'),
    ...[...digitalTruth()]
      .sort((a, b) => a.rms - b.rms)
      .map(({ method, whose, bias, rms, worst, refused }) => {
        // Without a sign before nothing.
        const number = (value: number) => (Math.abs(value) < 0.05 ? '0.0' : value.toFixed(1))
        return row(method, whose, number(bias), number(rms), number(worst), refused)
      }),
  ]
}

/** The page `docs/methods/peers.md`. */
export const peersText = (): string =>
  `${[
    '# Beside other programs',
    '',
    'Made by `npm run peers`; a test compares it. Printed numbers are those that programs of others gave when they were run on',
    'the stated input: Bonelab/Ogo (commit a7e74fc), bone-s-technology-limited/QCTWeb-refactor; Bonelab/DECT_BoneAnalysis',
    '(commit 87ab9ca) was read, not run. None of their code is in this program.',
    '',
    '## Same method, same number',
    '',
    ...sameMethodTable(),
    '',
    'The set “blood 140, muscle 60” was printed as blood 140 alone; only with muscle at 60 do all its digits agree.',
    '',
    '## The same tissues by every formula, mg/cm³',
    '',
    'Air −1000, fat −100, muscle 50, blood 40, cortical bone 1200 HU, no contrast medium. Nobody knows the true density behind',
    'these numbers: they show how far formulas lie apart, not which is right.',
    '',
    ...sideBySideTable(),
    '',
    '## Where ours differs from Ogo’s internal calibration, mg/cm³',
    '',
    'Ours fits the energy on linear attenuation, and refuses what no energy explains. The line without the water term is refused',
    'for Mindways rods (`CALIBRATION_NEEDS_WATER_TERM`).',
    '',
    ...differenceTable(),
    '',
    '## Which is nearer the digital truth, mg/cm³',
    '',
    '40 digital patients at 120 kVp without contrast medium and without noise, marrow as water; muscle, fat and blood differ with',
    'an SD of 6 HU; bone of 50, 100, 150 and 200 mg K₂HPO₄/cm³. The learned reference comes from 12 other patients of the same',
    'scanner. The digital beam is softer than that of the archived Mindways scan (`digital-exam.md`), which is most of what the',
    'line kept from that scan is off by.',
    '',
    ...truthTable(),
    '',
    'No route by tissues that has not learned its scanner is near: ours neither.',
  ].join('\n')}\n`
