import { expect, it } from 'vitest'
import { DEFAULT_ASYNCHRONOUS_POLICY } from '../../../../src/core/calibration/asynchronous/storedCalibration.ts'
import type { DensityRoute } from '../../../../src/core/calibration/calibrationRoute.ts'
import { QctError } from '../../../../src/core/errors.ts'
import type { ExamRequest } from '../../../../src/exam/pipeline/examRequest.ts'
import { chosenRoute } from '../../../../src/exam/pipeline/routes/chosenRoute.ts'
import { type ExamRoute, stopped } from '../../../../src/exam/pipeline/routes/examRoute.ts'

const done = (route: DensityRoute): ExamRoute => ({
  status: 'done',
  route,
  warnings: [],
  reasons: [],
  density: () => ({ ok: false, error: new QctError('RODS_NOT_FOUND', {}) }),
  examCalibration: () => null,
})
const refused = (route: DensityRoute) => stopped('refused', route, new QctError('RODS_NOT_FOUND', {}))
const given = { stored: [], quality: [], policy: DEFAULT_ASYNCHRONOUS_POLICY }

it.each<[ExamRequest['calibration'], ExamRequest['asynchronous'], ExamRoute[], string, string]>([
  ['auto', null, [done('in-scan')], 'in-scan', 'only one'],
  ['auto', given, [done('in-scan')], 'in-scan', 'order of trust'],
  ['auto', given, [refused('in-scan'), done('asynchronous')], 'asynchronous', 'only one'],
  ['auto', null, [refused('in-scan')], 'none', 'none calibrates'],
  ['in-scan', null, [done('in-scan')], 'in-scan', 'asked for'],
  ['asynchronous', given, [refused('asynchronous')], 'none', 'asked for'],
  ['tissue', null, [done('tissue-raw')], 'tissue-raw', 'asked for'],
  [
    'tissue',
    null,
    [done('tissue-raw'), done('tissue-precalibrated')],
    'tissue-precalibrated',
    'order of trust',
  ],
  [
    'all',
    null,
    [done('dual-energy'), done('tissue-raw'), refused('in-scan')],
    'tissue-raw',
    'order of trust',
  ],
  ['all', null, [done('dual-energy'), refused('in-scan')], 'dual-energy', 'only one'],
  ['hu-only', null, [], 'none', 'asked for'],
  ['none', null, [], 'none', 'asked for'],
])('%s takes the first that calibrates (%#)', (calibration, asynchronous, routes, used, why) => {
  expect(chosenRoute({ calibration, asynchronous }, routes)).toEqual({ used, why })
})
