import type { CentralEllipse, PlateCells } from './endplateColumns.ts'
import {
  cellNoise,
  HUBER,
  type PlateExpectation,
  type PlateFit,
  plateBeliefs,
  plateOf,
} from './endplateFit.ts'
import { fitLeastSquares, type Prior } from './leastSquares.ts'
import type { Model } from './modelTable.ts'
import { PLATE_PARAMETER as P, PLATE_PARAMETERS, plateModel } from './plateModel.ts'

/** The cells about the two endplates of one body, and how their guesses lie to each other. */
export interface PlatePair {
  readonly upper: PlateCells
  readonly lower: PlateCells
  readonly ellipse: CentralEllipse
  /** Slopes of the upper guess less those of the lower one, and the distance of the guesses in mm. */
  readonly wedgeU: number
  readonly wedgeV: number
  readonly height: number
  /** By how much the slopes of both guesses together miss what the walls ask for; null where the walls are silent. */
  readonly leanU: number | null
  readonly leanV: number | null
}

/** What the two endplates of one body are believed to share: SD of the differences, and the likely height. */
const TIES = {
  /** Slope of one plate against the other. */
  wedge: 0.13,
  /** Sum of the slopes of both plates against the plane at right angles to the walls. */
  lean: 0.03,
  /** Height in mm. */
  height: 27,
  heightSd: 5,
  /** Ridge and disc in HU, and the logarithms of blur and half thickness: one scan, one bone. */
  ridge: 15,
  disc: 12,
  blur: 0.05,
  halfSlice: 0.03,
  bone: 30,
}

/** One belief that ties the two plates: the parameters it adds up, with their signs, and what the sum should be. */
interface Tie {
  readonly parts: readonly (readonly [parameter: number, sign: number])[]
  readonly value: number
  readonly sd: number
}

const LOWER = PLATE_PARAMETERS
/** Rounds of each stage of the search, and how many of its results go on. */
const STAGES = {
  first: { rounds: 2, keep: 10 },
  trial: { rounds: 6, keep: 2 },
  final: { rounds: 60, keep: 1 },
}

/** The beliefs that tie the plates. Offsets and slopes count outward from the body: they add up. */
function tiesOf({ wedgeU, wedgeV, height, leanU, leanV }: PlatePair): Tie[] {
  const sum = (parameter: number, value: number, sd: number): Tie => ({
    parts: [
      [parameter, 1],
      [parameter + LOWER, 1],
    ],
    value,
    sd,
  })
  const alike = (parameter: number, sd: number): Tie => ({
    parts: [
      [parameter, 1],
      [parameter + LOWER, -1],
    ],
    value: 0,
    sd,
  })
  // Slopes count outward: what both plates lean to one side has the opposite sign in each.
  const lean = (parameter: number, value: number | null): Tie[] =>
    value === null ? [] : [{ ...alike(parameter, TIES.lean), value }]
  return [
    ...lean(P.slopeU, leanU),
    ...lean(P.slopeV, leanV),
    sum(P.slopeU, -wedgeU, TIES.wedge),
    sum(P.slopeV, -wedgeV, TIES.wedge),
    sum(P.offset, TIES.height - height, TIES.heightSd),
    alike(P.ridge, TIES.ridge),
    alike(P.disc, TIES.disc),
    alike(P.bone, TIES.bone),
    alike(P.logBlur, TIES.blur),
    alike(P.logHalf, TIES.halfSlice),
    // The neighbours' plates are of the same bone.
    {
      parts: [
        [P.ridge, 1],
        [P.nextRidge, -1],
      ],
      value: 0,
      sd: 2 * TIES.ridge,
    },
    {
      parts: [
        [P.ridge + LOWER, 1],
        [P.nextRidge + LOWER, -1],
      ],
      value: 0,
      sd: 2 * TIES.ridge,
    },
  ]
}

/**
 * Fits both endplates of a body in one: in thick slices a plate that lies within one slice shows only how much bone,
 * plate and disc that slice holds, so its place follows from what plate and disc look like at the other end.
 *
 * @param starts - Pairs of fits, each plate alone, from which the common fit sets out.
 * @param shifts - From each start also with the plates moved outward by these lengths, in mm.
 * @returns The pair of least cost; null without a start.
 */
export function fitPlatePair(
  pair: PlatePair,
  expected: PlateExpectation,
  starts: readonly (readonly [PlateFit, PlateFit])[],
  shifts: readonly (readonly [number, number])[],
): readonly [PlateFit, PlateFit] | null {
  const { upper, lower, ellipse } = pair
  const upperModel = plateModel(upper, ellipse)
  const lowerModel = plateModel(lower, ellipse)
  const ties = tiesOf(pair)
  const cells = upper.count + lower.count

  const model: Model = (p, table) => {
    upperModel(p.subarray(0, LOWER), table)
    lowerModel(p.subarray(LOWER), table, upper.count)
    const { values, gradients, stride } = table
    ties.forEach(({ parts }, index) => {
      const point = cells + index
      let value = 0
      for (const [parameter, sign] of parts) {
        value += sign * p[parameter]!
        gradients[point * stride + parameter] = sign
      }
      values[point] = value
    })
  }
  const measured = Float64Array.of(...upper.value, ...lower.value, ...ties.map(({ value }) => value))
  const sd = Float64Array.of(
    ...cellNoise(upper, expected),
    ...cellNoise(lower, expected),
    ...ties.map((tie) => tie.sd),
  )
  const priors: Prior[] = [...plateBeliefs(upper, expected), ...plateBeliefs(lower, expected)]

  const blocks = [
    { end: upper.count, from: 0, to: LOWER },
    { end: cells, from: LOWER, to: 2 * PLATE_PARAMETERS },
    { end: cells + ties.length, from: 0, to: 2 * PLATE_PARAMETERS },
  ]
  const solve = (start: readonly number[], stage: keyof typeof STAGES) =>
    fitLeastSquares(
      {
        points: cells + ties.length,
        start,
        priors,
        sd,
        huber: stage === 'final' ? HUBER.final : HUBER.trial,
        rounds: STAGES[stage].rounds,
        firstLinear: 2 * PLATE_PARAMETERS,
        blocks,
      },
      model,
      measured,
    )
  // Many starts, each for a step; the better ones for some more; the best to the end.
  let running: (readonly number[])[] = starts.flatMap(([above, below]) => {
    const start = [...above.parameters, ...below.parameters]
    return shifts.map(([up, down]) =>
      start.with(P.offset, start[P.offset]! + up).with(P.offset + LOWER, start[P.offset + LOWER]! + down),
    )
  })
  let best: { parameters: Float64Array; cost: number } | null = null
  for (const stage of ['first', 'trial', 'final'] as const) {
    if (stage !== 'final' && running.length <= STAGES[stage].keep) continue
    const results = running.map((start) => solve(start, stage)).sort((x, y) => x.cost - y.cost)
    running = results.slice(0, STAGES[stage].keep).map(({ parameters }) => [...parameters])
    best = results[0] ?? null
  }
  if (best === null) return null
  return [
    plateOf(best.parameters.slice(0, LOWER), best.cost, upper, ellipse),
    plateOf(best.parameters.slice(LOWER), best.cost, lower, ellipse),
  ]
}
