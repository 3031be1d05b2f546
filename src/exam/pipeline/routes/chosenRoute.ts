import { type CalibrationRoute, DENSITY_ROUTES } from '../../../core/calibration/calibrationRoute.ts'
import type { ExamDecisions } from '../../record/decisions.ts'
import type { ExamRequest } from '../examRequest.ts'
import type { ExamRoute } from './examRoute.ts'

/** The calibration that the exam's own values use, and why. */
export interface ChosenRoute {
  readonly used: CalibrationRoute
  readonly why: ExamDecisions['calibration']['why']
}

/** Requests that name what they want. */
const NAMED: readonly ExamRequest['calibration'][] = [
  'in-scan',
  'asynchronous',
  'dual-energy',
  'hu-only',
  'none',
]

/** The first route in the order of trust that calibrates. */
export function chosenRoute(
  { calibration, asynchronous }: Pick<ExamRequest, 'calibration' | 'asynchronous'>,
  routes: readonly ExamRoute[],
): ChosenRoute {
  const done = DENSITY_ROUTES.filter((name) =>
    routes.some(({ route, status }) => route === name && status === 'done'),
  )
  const [first] = done
  if (NAMED.includes(calibration)) return { used: first ?? 'none', why: 'asked for' }
  if (first === undefined) return { used: 'none', why: 'none calibrates' }
  // With `auto` a stored calibration is not tried where a phantom was found: it came second all the same.
  const hasStored = asynchronous !== null && asynchronous.stored.length > 0
  const isBeforeAnother = done.length > 1 || (calibration === 'auto' && first === 'in-scan' && hasStored)
  if (isBeforeAnother) return { used: first, why: 'order of trust' }
  return { used: first, why: calibration === 'tissue' ? 'asked for' : 'only one' }
}
