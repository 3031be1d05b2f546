import { qualityOf } from '../../core/calibration/asynchronous/checkedCalibration.ts'
import { DEFAULT_ASYNCHRONOUS_POLICY } from '../../core/calibration/asynchronous/storedCalibration.ts'
import type { AsynchronousInputs } from '../../exam/record/calibrationInputs.ts'
import type { OpenedDrop, SeriesChoice } from '../worker/examWorkerApi.ts'
import { failureOf } from '../worker/outcome.ts'
import { sameScan } from './calibrationEdits.ts'
import type { DecisionEdit } from './decisionEdits.ts'
import { type ServerClient, ServerRefusal } from './serverClient.ts'
import { notify, viewerStore } from './viewerStore.ts'

/**
 * The calibrations in use that the server keeps for the scanner model and tube voltage of a chosen series, each with its
 * quality checks, under the policy of a site that states none.
 *
 * @returns Null without a server, for images that do not state both, and where none is kept. A server that does not answer is
 *   said in a notice: the exam is measured without.
 */
export async function keptCalibrations(
  server: Pick<ServerClient, 'calibrationsFor'>,
  drop: OpenedDrop | null,
  choice: SeriesChoice,
): Promise<AsynchronousInputs | null> {
  if (typeof viewerStore.getState().server !== 'string') return null
  const source = drop?.sources.find(({ id }) => id === choice.sourceId)
  const seriesId = choice.seriesId ?? source?.proposed?.seriesId
  const series = source?.series.find(({ id }) => id === seriesId)
  const { manufacturerModelName: model, kvp } = series?.acquisition ?? {}
  if (model === undefined || kvp === undefined) return null
  try {
    const kept = await server.calibrationsFor(model, kvp)
    if (kept.length === 0) return null
    return {
      stored: kept.map(({ calibration, checks }) => ({ calibration, quality: checks.map(qualityOf) })),
      policy: DEFAULT_ASYNCHRONOUS_POLICY,
    }
  } catch (thrown) {
    const { message } = thrown instanceof ServerRefusal ? thrown.failure : failureOf(thrown)
    notify({ tone: 'doubt', text: message })
    return null
  }
}

/**
 * Kept calibrations among the decisions. They take the place of the same ones there, whose quality checks may be older; others that
 * were given stay, and so does the site's policy.
 */
export const withKept =
  (kept: AsynchronousInputs | null): DecisionEdit =>
  (decisions) => {
    if (kept === null) return decisions
    const { asynchronous: given } = decisions.calibration
    const others = (given?.stored ?? []).filter(
      ({ calibration }) => !kept.stored.some((one) => sameScan(one.calibration, calibration)),
    )
    const asynchronous = { policy: (given ?? kept).policy, stored: [...others, ...kept.stored] }
    return { ...decisions, calibration: { ...decisions.calibration, asynchronous } }
  }
