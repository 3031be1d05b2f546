import { learnTissueReference } from '../../../src/core/calibration/tissue/learnTissueReference.ts'
import { referenceLine } from '../../../src/core/calibration/tissue/referenceLine.ts'
import { tissueCalibration } from '../../../src/core/calibration/tissue/tissueCalibration.ts'
import template from '../../../src/core/calibration/tissue/tissueDensities.json' with { type: 'json' }
import { parseTissueDensities } from '../../../src/core/calibration/tissue/tissueDensities.ts'
import { QctError } from '../../../src/core/errors.ts'
import { hu } from '../../../src/core/units.ts'
import type { DualCase } from './dualCase.ts'
import { type Limit, meanOf, sdOf } from './limitTable.ts'
import type { LevelError, ScanCase } from './scanCase.ts'
import type { ContrastCase, TissueCase } from './tissueCase.ts'

const BIAS = { inScan: 0.7, tissue: 2, dual: 5 } as const
const SD = { inScan: 1.5, tissue: 3 } as const
const MATCHED = 2.5
const FALSE_WARNINGS = 0.03
/** One exam of sixty may be refused. */
const RIGHT = 59 / 60

const two = (value: number) => value.toFixed(2)

/** SD of errors with the ROI's own noise taken out in quadrature. */
const sdWithoutNoise = (levels: readonly LevelError[]) =>
  Math.sqrt(
    Math.max(0, sdOf(levels.map(({ error }) => error)) ** 2 - meanOf(levels.map(({ noise }) => noise ** 2))),
  )

const share = (right: number, of: number): string => `${right}/${of}`

/** What the exams say of the rods and of the in-scan route. */
export function inScanLimits(cases: readonly ScanCase[]): Limit[] {
  const n = cases.length
  const right = cases.filter(({ rods }) => rods === 'right')
  const silent = cases.filter(({ rods }) => rods === 'wrong').length
  const warned = right.filter(({ warnings }) => warnings.length > 0).length
  const levels = right.flatMap(({ inScan }) => inScan)
  const hardened = cases.flatMap((one) => one.hardened ?? [])
  const bias = meanOf(levels.map(({ error }) => error))
  const sd = sdWithoutNoise(levels)
  const within = levels.filter(({ error, uncertainty }) => Math.abs(error) <= uncertainty).length
  return [
    {
      what: 'rods found, named and placed',
      found: share(right.length, n),
      limit: '≥ 59/60',
      held: right.length >= Math.floor(RIGHT * n),
    },
    { what: 'rods wrong without a warning', found: share(silent, n), limit: 'none', held: silent === 0 },
    {
      what: 'false warnings on clean exams',
      found: share(warned, right.length),
      limit: '≤ 3 %',
      held: warned <= FALSE_WARNINGS * right.length,
    },
    {
      what: 'in-scan bias, mg/cm³',
      found: two(bias),
      limit: `± ${BIAS.inScan}`,
      held: Math.abs(bias) <= BIAS.inScan,
    },
    {
      what: 'in-scan SD without ROI noise, mg/cm³',
      found: two(sd),
      limit: `≤ ${SD.inScan}`,
      held: sd <= SD.inScan,
    },
    { what: 'in-scan 95 % intervals that hold', found: share(within, levels.length), limit: '', held: null },
    {
      what: 'in-scan with 20 % of the hardening left',
      found:
        hardened.length > 1
          ? `${two(meanOf(hardened.map(({ error }) => error)))} ± ${two(sdOf(hardened.map(({ error }) => error)))}`
          : '–',
      limit: 'as it is',
      held: null,
    },
  ]
}

/** What they say of the asynchronous route. */
export function asynchronousLimits(cases: readonly ScanCase[]): Limit[] {
  const errors = cases.flatMap(({ asynchronous }) => asynchronous ?? [])
  const worst = Math.max(...errors.map(Math.abs))
  const all = cases.flatMap((one) => one.mismatches)
  const judged = (promised: 'match' | 'refuse' | 'warn', what: string, limit: string): Limit => {
    const of = all.filter((one) => one.promised === promised)
    const right = of.filter(({ isRight }) => isRight).length
    return { what, found: share(right, of.length), limit, held: right === of.length && of.length > 0 }
  }
  return [
    {
      what: 'asynchronous, matched: largest error, mg/cm³',
      found: `${two(worst)} (${two(meanOf(errors))} ± ${two(sdOf(errors))})`,
      limit: `≤ ${MATCHED}`,
      held: worst <= MATCHED,
    },
    {
      what: 'asynchronous without an earlier line',
      found: share(cases.filter(({ asynchronous }) => asynchronous === null).length, cases.length),
      limit: '',
      held: null,
    },
    judged('match', 'matches passed', 'all'),
    judged('refuse', 'kVp, model, kind and failed QC refused', 'all'),
    judged('warn', 'other mismatches warned', 'all'),
  ]
}

/** What they say of the route by CT numbers alone. */
export function huOnlyLimits(cases: readonly ScanCase[]): Limit[] {
  const all = cases.flatMap(({ huOnly }) => huOnly)
  const names = [...new Set(all.map(({ name }) => name))]
  return names.map((name) => {
    const of = all.filter((one) => one.name === name)
    const right = of.filter(({ isRight }) => isRight).length
    return {
      what: `HU only, ${name}`,
      found: share(right, of.length),
      limit: name === '120 kVp' ? 'passes' : 'refused',
      held: right === of.length,
    }
  })
}

const densities = parseTissueDensities({
  ...template,
  source: { ...template.source, verification: 'user', verifiedBy: 'the bench' },
})
const spread = {
  sdHu: { adipose: 20, skeletalMuscle: 10, blood: 10, corticalBone: 300 },
  citation: 'assumed by the bench',
}

/** What the tissue route's patients say: a reference learned from the first, tested on the others. */
export function tissueLimits(
  cases: readonly TissueCase[],
  training: number,
  contrast: readonly ContrastCase[],
): Limit[] {
  const reference = learnTissueReference(cases.slice(0, training).map(({ pair }) => pair))
  const others = cases.slice(training)
  const errors: number[] = []
  const raw: number[] = []
  let held = 0
  const refused: string[] = []
  for (const { pair, meanHu, singleEnergy } of others) {
    const known = pair.tissues.filter(({ tissue }) => reference.tissues[tissue] !== undefined)
    const { slope, intercept, covariance } = referenceLine(known, reference, pair.kvp).calibration
    const error = slope * meanHu + intercept - singleEnergy
    errors.push(error)
    const variance = covariance[0] * meanHu ** 2 + 2 * covariance[1] * meanHu + covariance[2]
    if (error ** 2 <= 1.96 ** 2 * variance) held++
    try {
      const line = tissueCalibration(pair.tissues, densities, spread).calibration
      raw.push(line.slope * meanHu + line.intercept - singleEnergy)
    } catch (error) {
      if (!(error instanceof QctError)) throw error
      refused.push(error.code)
    }
  }
  const [bias, sd] = [meanOf(errors), sdOf(errors)]
  const warned = contrast.filter(({ isWarned }) => isWarned).length
  const silent = contrast.filter(({ isWarned }) => !isWarned)
  const learned = Object.entries(reference.tissues).map(
    ([tissue, { density, sd }]) => `${tissue} ${density.toFixed(0)} ± ${sd.toFixed(1)}`,
  )
  return [
    {
      what: `tissue, learned from ${training}: bias, mg/cm³`,
      found: two(bias),
      limit: `± ${BIAS.tissue}`,
      held: Math.abs(bias) <= BIAS.tissue,
    },
    {
      what: `tissue, learned: SD over ${errors.length} others`,
      found: two(sd),
      limit: `≤ ${SD.tissue}`,
      held: sd <= SD.tissue,
    },
    {
      what: 'tissue, learned: 95 % intervals that hold',
      found: share(held, errors.length),
      limit: '',
      held: null,
    },
    { what: 'tissue, learned densities', found: learned.join(', '), limit: '', held: null },
    {
      what: 'tissue, raw',
      found: raw.length > 1 ? `${two(meanOf(raw))} ± ${two(sdOf(raw))}` : '–',
      limit: `as it is${refused.length > 0 ? ` (${refused.length} refused: ${[...new Set(refused)].join()})` : ''}`,
      held: null,
    },
    {
      what: 'contrast medium warned',
      found: share(warned, contrast.length),
      limit: `all${silent.map(({ phase, aortaHu }) => `; silent: ${phase}, ${hu(aortaHu).toFixed(0)} HU`).join('')}`,
      held: warned === contrast.length,
    },
  ]
}

/** What the pairs of voltages say. */
export function dualLimits(cases: readonly DualCase[]): Limit[] {
  const limits: Limit[] = []
  for (const hasFat of [false, true]) {
    const levels = cases.filter((one) => one.hasFat === hasFat).flatMap((one) => one.levels)
    for (const level of ['L1', 'L2', 'L3']) {
      const of = levels.filter((one) => one.level === level)
      if (of.length < 2) continue
      const dual = of.map((one) => one.dual)
      const single = of.map((one) => one.single)
      const truth = meanOf(of.map((one) => one.truth))
      limits.push({
        what: `dual energy at ${truth.toFixed(0)} mg HA${hasFat ? ', fat marrow' : ''}`,
        found: `${two(meanOf(dual))} ± ${two(sdOf(dual))} (stated ${two(meanOf(of.map((one) => one.dualSd)))})`,
        limit: `${hasFat ? 'as it is' : `± ${BIAS.dual}`}; single energy ${two(meanOf(single))} ± ${two(sdOf(single))}`,
        held: hasFat ? null : Math.abs(meanOf(dual)) <= BIAS.dual,
      })
    }
  }
  return limits
}
