import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import type { LevelByCalibration } from '../../../src/exam/record/routeResults.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'

const value = (route: LevelByCalibration['route'], vbmd: number, mineral: 'HA' | 'K2HPO4' = 'HA') => ({
  route,
  calibration: route,
  mineral,
  vbmdMgPerCm3: vbmd,
  uncertaintyMgPerCm3: 2,
  parts: {
    noiseMgPerCm3: 0.5,
    calibrationMgPerCm3: 0.8,
    certificateMgPerCm3: null,
    rodNoiseMgPerCm3: null,
    rodPlacementMgPerCm3: null,
    fitMgPerCm3: null,
    driftMgPerCm3: null,
  },
  refusal: null,
  warnings: [],
})

/** The example with every route tried: a stored line that disagrees at L1, raw tissues on another scale, no pair. */
export function comparedRecord(): ExamRecord {
  const record = exampleRecord()
  const { results, decisions } = record
  const line = {
    ...results.calibration,
    rods: [],
    phantom: null,
    slopeMgPerCm3PerHu: 0.9,
    interceptMgPerCm3: -2,
  }
  const result = (route: 'in-scan' | 'asynchronous' | 'tissue-raw') => ({
    route,
    status: 'done' as const,
    refusal: null,
    warnings: route === 'asynchronous' ? [{ code: 'ASYNCHRONOUS_DIFFERENCE', message: 'other kernel' }] : [],
    reasons: [],
  })
  return {
    ...record,
    decisions: { ...decisions, calibration: { ...decisions.calibration, requested: 'all' } },
    results: {
      ...results,
      calibrations: [
        ...results.calibrations,
        { ...line, id: 'asynchronous', method: 'asynchronous' },
        { ...line, id: 'tissue-raw', method: 'tissue-raw', mineral: 'K2HPO4' },
      ],
      routes: [
        result('in-scan'),
        result('asynchronous'),
        result('tissue-raw'),
        {
          route: 'dual-energy',
          status: 'not possible',
          refusal: { code: 'DUAL_ENERGY_NOT_GIVEN', message: 'no second series' },
          warnings: [],
          reasons: [],
        },
      ],
      spine: {
        ...results.spine,
        levels: results.spine.levels.map((level) => ({
          ...level,
          byCalibration: [
            ...level.byCalibration,
            {
              ...value('asynchronous', 125),
              warnings: [
                { code: 'ASYNCHRONOUS_DIFFERENCE', message: 'other kernel' },
                { code: 'TISSUE_EXTRAPOLATED', message: 'beyond' },
              ],
            },
            value('tissue-raw', 90, 'K2HPO4'),
          ],
        })),
        disagreements: [
          {
            level: 'L1',
            routes: ['in-scan', 'asynchronous'],
            kind: 'differ',
            differenceMgPerCm3: 11.5,
            jointMgPerCm3: 3,
            crossedCuts: [120],
          },
          {
            level: 'L1',
            routes: ['in-scan', 'tissue-raw'],
            kind: 'other mineral scale',
            differenceMgPerCm3: null,
            jointMgPerCm3: null,
            crossedCuts: [],
          },
        ],
      },
    },
  }
}

/** The same exam after another route was chosen: only that one was tried. */
export function chosenRecord(compared: ExamRecord): ExamRecord {
  const { decisions, results } = compared
  return {
    ...compared,
    decisions: {
      ...decisions,
      rods: [],
      calibration: {
        ...decisions.calibration,
        requested: 'asynchronous',
        used: 'asynchronous',
        why: 'asked for',
      },
    },
    results: {
      ...results,
      routes: results.routes.filter(({ route }) => route === 'asynchronous'),
      spine: { ...results.spine, disagreements: [] },
    },
  }
}
