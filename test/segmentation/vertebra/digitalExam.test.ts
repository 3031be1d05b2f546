import { describe, expect, it } from 'vitest'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween, distance } from '../../../src/core/geometry/vector.ts'
import { placeTrabecularVoi } from '../../../src/core/spine/placeTrabecularVoi.ts'
import { ELLIPTICAL_CYLINDER_PROTOCOL } from '../../../src/core/spine/protocol.ts'
import {
  defaultExamParameters,
  type ExamParameters,
  randomExamParameters,
} from '../../../src/demo/examParameters.ts'
import { type RenderedExam, renderExam } from '../../../src/demo/renderExam.ts'
import { findLumbarLevels } from '../../../src/segmentation/vertebra/findLumbarLevels.ts'
import { findVertebralBody } from '../../../src/segmentation/vertebra/findVertebralBody.ts'

/** A field of 130 mm about the column: enough for a body, its canal and half its neighbours. */
const aboutTheColumn = ({ acquisition, spine }: ExamParameters): ExamParameters['acquisition'] => ({
  ...acquisition,
  columns: 170,
  rows: 170,
  pixelSpacingMm: 0.78,
  fieldCenterXMm: spine.centerXMm,
  fieldCenterYMm: spine.centerYMm + 15,
})

function smallField(thickness: number, noise: number) {
  return renderExam({
    ...defaultExamParameters,
    image: { ...defaultExamParameters.image, noiseSdHu: noise },
    acquisition: {
      ...aboutTheColumn(defaultExamParameters),
      sliceThicknessMm: thickness,
      sliceSpacingMm: thickness,
      sliceCount: Math.ceil(110 / thickness),
      scanCenterZMm: 0,
    },
  })
}

/** Finds the VOI of every level of the truth from a displaced seed and holds it against the method's own limits. */
function expectEveryVoi({ volume, truth }: RenderedExam) {
  expect(truth.levels.length).toBeGreaterThan(0)
  for (const level of truth.levels) {
    const seed = lpsPoint(level.seedLps[0] + 3, level.seedLps[1] - 2, level.seedLps[2] + 4)
    const { body } = findVertebralBody(volume, seed)
    const { voi } = placeTrabecularVoi(body, ELLIPTICAL_CYLINDER_PROTOCOL)
    // The product's own limits, docs/methods/spine-trabecular-vbmd.md.
    expect(distance(voi.center, lpsPoint(...level.voi.centerLps)), level.level).toBeLessThan(1.5)
    expect(angleBetween(voi.normal, lpsVector(...level.voi.normalLps)), level.level).toBeLessThan(3)
    expect(voi.lateral[0]).toBeGreaterThan(0.9)
  }
}

describe('the digital exam', () => {
  it.each([
    [1.25, 20],
    [5, 25],
  ])(
    'gives back the VOI of the truth at %f mm slices',
    (thickness, noise) => expectEveryVoi(smallField(thickness, noise)),
    60_000,
  )

  it.each([
    ['a dense body whose dark middle passes for a disc at 5 mm', 42, 31],
    ['a body whose first idea spans a disc at 5 mm', 43, 8],
    ['small bodies, whose span over a disc has the likelier height, at 5 mm', 86028, 35],
    ['endplates that step from slice to slice at 3 mm and 80 kVp', 5150, 17],
    ['endplates that step from slice to slice at 2.5 mm', 41, 5],
  ])(
    'is not misled by %s',
    (_, seed, index) => {
      const parameters = randomExamParameters(seed, index)
      expectEveryVoi(renderExam({ ...parameters, acquisition: aboutTheColumn(parameters) }))
    },
    120_000,
  )

  it('is named from sacrum and ribs when the field shows both', () => {
    const { acquisition } = defaultExamParameters
    const { volume, truth } = renderExam({
      ...defaultExamParameters,
      acquisition: {
        ...acquisition,
        columns: 256,
        rows: 256,
        pixelSpacingMm: 1.4,
        sliceThicknessMm: 3,
        sliceSpacingMm: 3,
        sliceCount: 96,
        scanCenterZMm: 4,
      },
    })
    const shares: number[] = []
    const { levels, warnings } = findLumbarLevels(volume, { onProgress: (share) => shares.push(share) })
    // A share before each body at least, never less than the one before, and all of it at the end.
    expect(shares.length).toBeGreaterThan(levels.length)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[0]).toBeGreaterThan(0)
    expect(shares.at(-1)).toBe(1)
    expect(levels.map(({ level }) => level)).toEqual(['T12', 'L1', 'L2', 'L3', 'L4', 'L5'])
    expect(warnings).toEqual([])
    for (const { level, seed } of levels) {
      const known = truth.levels.find((entry) => entry.level === level)!
      // Well inside the right body: a neighbour's middle is over 25 mm away.
      expect(distance(seed, lpsPoint(...known.seedLps))).toBeLessThan(3)
    }
  }, 300_000) // half a minute on an idle core; CI machines are slower and shared

  it('asks for seeds when the field shows neither sacrum nor ribs', () => {
    const { volume } = smallField(3, 15)
    let caught: unknown
    try {
      findLumbarLevels(volume)
    } catch (error) {
      caught = error
    }
    expect((caught as QctError).code).toBe('LEVELS_NOT_NAMED')
  }, 300_000) // half a minute on an idle core; CI machines are slower and shared

  it('has no spine in front of the table', () => {
    const { acquisition } = defaultExamParameters
    const { volume } = renderExam({
      ...defaultExamParameters,
      acquisition: {
        ...acquisition,
        columns: 64,
        rows: 64,
        pixelSpacingMm: 1.5,
        sliceThicknessMm: 5,
        sliceSpacingMm: 5,
        sliceCount: 12,
        fieldCenterXMm: 110,
        fieldCenterYMm: -20,
      },
    })
    let caught: unknown
    try {
      findLumbarLevels(volume)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(QctError)
    expect(['SPINE_NOT_FOUND', 'LEVELS_NOT_NAMED']).toContain((caught as QctError).code)
  })
})
