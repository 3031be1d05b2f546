import { phrase } from '../../words/words.ts'
import { phantomName } from '../phantomName.ts'
import { SPINE_PRINTING } from '../printingMatrix.ts'
import type { ReportStatement } from '../reportDocument.ts'
import type { ReportInput } from '../reportInput.ts'

/** How CT numbers became densities, what that rests on, and why this way was taken. */
export function calibrationStatements(input: ReportInput): ReportStatement[] {
  const { calibration } = input.results
  if (calibration.method === 'none')
    return [{ text: phrase('report.technique.noCalibration'), rule: 'QCT IV.B.2' }]
  const sources =
    calibration.citations.length === 0
      ? []
      : [phrase('report.technique.sources', { citations: calibration.citations.join('; ') })]
  return [
    { text: [...routeSentences(input), ...sources].join(' '), rule: 'QCT IV.B.1' },
    { text: whySentence(input), rule: 'QCT IV.B.1' },
    ...doubtStatement(input),
  ]
}

/** What ± consists of at each level of a phantom in the scan, and what is not in it because nobody states it. */
function doubtStatement({ results, decisions }: ReportInput): ReportStatement[] {
  const { used } = decisions.calibration
  const parts = results.spine.levels.flatMap(({ level, byCalibration }) => {
    const of = byCalibration.find(({ route }) => route === used)?.parts
    // Records of earlier versions, and routes other than the phantom in the scan, do not take it apart.
    if (of === undefined || of.rodNoiseMgPerCm3 === null) return []
    const value = (part: number | null) => part?.toFixed(2) ?? phrase('report.technique.notKnown')
    const words = phrase('report.technique.partsAt', {
      level,
      noise: value(of.noiseMgPerCm3),
      rods: value(of.rodNoiseMgPerCm3),
      placement: value(of.rodPlacementMgPerCm3),
      fit: value(of.fitMgPerCm3),
      drift: value(of.driftMgPerCm3),
      certificate: value(of.certificateMgPerCm3),
    })
    return [{ words, isCertified: of.certificateMgPerCm3 !== null }]
  })
  if (parts.length === 0) return []
  const text = [
    phrase('report.technique.partsOfDoubt', { parts: parts.map(({ words }) => words).join('; ') }),
    ...(parts.every(({ isCertified }) => isCertified) ? [] : [phrase('report.technique.certificateUnknown')]),
  ]
  return [{ text: text.join(' '), rule: 'House doubt beside the number' }]
}

function whySentence({ decisions }: ReportInput): string {
  const { used, why } = decisions.calibration
  return phrase(`report.route.why.${why}`, { route: phrase(`report.route.name.${used}`) })
}

function routeSentences(input: ReportInput): string[] {
  const { calibration } = input.results
  if (calibration.asynchronous !== null) return asynchronous(input, calibration.asynchronous)
  if (calibration.tissue !== null) return tissue(input, calibration.tissue)
  if (calibration.dualEnergy !== null) return dualEnergy(calibration.dualEnergy)
  return [
    phrase('report.technique.inScan', {
      phantom: phantomName(calibration.phantom),
      rods: calibration.rods.length,
      ...lineWords(input),
    }),
  ]
}

/** Slope, intercept, mineral and residual as they stand in every sentence about a line. */
function lineWords({ results }: ReportInput) {
  const line = results.calibration
  const intercept = line.interceptMgPerCm3 ?? 0
  return {
    mineral: phrase(`report.mineral.${line.mineral ?? 'K2HPO4'}`),
    slope: line.slopeMgPerCm3PerHu?.toFixed(4),
    intercept: `${intercept < 0 ? '−' : '+'} ${Math.abs(intercept).toFixed(1)}`,
    residual:
      line.residualSdMgPerCm3 === null
        ? phrase('report.technique.noResidual')
        : phrase('report.technique.residual', { sd: line.residualSdMgPerCm3.toFixed(1) }),
  }
}

type Calibration = ReportInput['results']['calibration']

function asynchronous(input: ReportInput, stored: NonNullable<Calibration['asynchronous']>): string[] {
  const { reasons } = stored
  return [
    phrase('report.technique.asynchronous', {
      phantom: phantomName(input.results.calibration.phantom),
      serial: stored.phantomSerial,
      model: stored.model,
      device: stored.deviceSerial,
      kvp: stored.kvp,
      date: stored.date,
      ...lineWords(input),
    }),
    reasons.length === 0
      ? phrase('report.technique.noDifference')
      : phrase('report.technique.differences', { reasons: reasons.map(({ message }) => message).join(' ') }),
    phrase('report.technique.scannerDriftUnknown'),
  ]
}

const signed = (value: number, decimals: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(decimals)}`

function tissue(input: ReportInput, by: NonNullable<Calibration['tissue']>): string[] {
  const { tissues, leftOut, leftOutAtHu, effectiveEnergyKeV, effectiveEnergyStandardErrorKeV } = by
  const isLearned = input.results.calibration.method === 'tissue-precalibrated'
  const line =
    effectiveEnergyKeV === null
      ? phrase('report.technique.tissueReference', {
          origin: phrase(isLearned ? 'report.technique.learned' : 'report.technique.byUser'),
          ...lineWords(input),
        })
      : phrase('report.technique.tissueEnergy', {
          energy: effectiveEnergyKeV.toFixed(1),
          error: effectiveEnergyStandardErrorKeV?.toFixed(1),
          ...lineWords(input),
        })
  const measured = tissues.map((sample) =>
    phrase('report.technique.tissue', {
      tissue: phrase(`report.tissueName.${sample.tissue}`),
      mean: sample.meanHu.toFixed(1).replace('-', '−'),
      standing:
        sample.residualHu === null
          ? phrase('report.technique.leftOutTissue', { low: sample.windowHu[0], high: sample.windowHu[1] })
          : phrase('report.technique.residualHu', { residual: signed(sample.residualHu, 1) }),
    }),
  )
  const changes = leftOut.map(({ tissue: name, changeMgPerCm3, refusal }) =>
    changeMgPerCm3 === null
      ? phrase('report.technique.changeRefused', {
          tissue: phrase(`report.tissueName.${name}`),
          code: refusal?.code,
        })
      : phrase('report.technique.change', {
          tissue: phrase(`report.tissueName.${name}`),
          change: signed(changeMgPerCm3, 1),
        }),
  )
  return [
    line,
    phrase('report.technique.tissues', { tissues: measured.join(', ') }),
    ...(leftOutAtHu === null || changes.length === 0
      ? []
      : [phrase('report.technique.leaveOut', { at: leftOutAtHu.toFixed(0), changes: changes.join(', ') })]),
  ]
}

const dualEnergy = ({ pair, origin, low, high }: NonNullable<Calibration['dualEnergy']>): string[] => [
  phrase('report.technique.dualEnergy', {
    low: pair.low,
    high: pair.high,
    unit: pair.unit,
    origin: phrase(origin === 'phantom' ? 'report.technique.basisFromPhantom' : 'report.technique.byUser'),
    lowCalcium: low.calciumHuPerMgPerCm3.toFixed(2),
    highCalcium: high.calciumHuPerMgPerCm3.toFixed(2),
  }),
]

/** What must be said beside every density of a route that may not be printed as a phantom's is. */
export function routeLabel({ results }: ReportInput): ReportStatement[] {
  const { method } = results.calibration
  const { vbmd } = SPINE_PRINTING[method]
  if (vbmd !== 'research' && vbmd !== 'with limitation') return []
  const text = phrase(vbmd === 'research' ? 'report.route.research' : 'report.route.limited', {
    route: phrase(`report.route.name.${method}`),
  })
  return [{ text, rule: 'House printing matrix' }]
}
