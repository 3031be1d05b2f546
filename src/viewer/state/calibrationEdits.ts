import {
  type AsynchronousPolicy,
  DEFAULT_ASYNCHRONOUS_POLICY,
  type StoredCalibration,
} from '../../core/calibration/asynchronous/storedCalibration.ts'
import type { DualEnergyFile } from '../../core/calibration/dualEnergy/dualEnergyFile.ts'
import type { TissueFilePart } from '../../core/calibration/tissue/parseTissueFile.ts'
import type { AsynchronousInputs, TissueInputs, TissueRegion } from '../../exam/record/calibrationInputs.ts'
import type { ExamDecisions } from '../../exam/record/decisions.ts'
import type { RequestedCalibration } from '../../exam/record/scalars.ts'
import type { DecisionEdit } from './decisionEdits.ts'

type Calibration = ExamDecisions['calibration']

const withCalibration =
  (change: (calibration: Calibration) => Partial<Calibration>): DecisionEdit =>
  (decisions) => ({
    ...decisions,
    calibration: { ...decisions.calibration, ...change(decisions.calibration) },
  })

const NOTHING_STORED: AsynchronousInputs = { stored: [], policy: DEFAULT_ASYNCHRONOUS_POLICY }
const NO_TISSUES: TissueInputs = { densities: null, spread: null, reference: null, windows: null }

/** Which route is used, or that all are compared. What was given for the others is kept. */
export const chooseRoute = (requested: RequestedCalibration): DecisionEdit =>
  withCalibration(() => ({ requested }))

/** Whether a policy is that of a site that states none. Policies come back from the worker as copies. */
export const isDefaultPolicy = (policy: AsynchronousPolicy): boolean =>
  JSON.stringify(policy) === JSON.stringify(DEFAULT_ASYNCHRONOUS_POLICY)

const withAsynchronous = (change: (inputs: AsynchronousInputs) => Partial<AsynchronousInputs>) =>
  withCalibration(({ asynchronous }) => {
    const before = asynchronous ?? NOTHING_STORED
    const after = { ...before, ...change(before) }
    const isNothing = after.stored.length === 0 && isDefaultPolicy(after.policy)
    return { asynchronous: isNothing ? null : after }
  })

/** Whether two stored calibrations are of the same phantom scan. */
export const sameScan = (one: StoredCalibration, other: StoredCalibration) =>
  one.date === other.date && JSON.stringify(one.key) === JSON.stringify(other.key)

/** One more stored calibration with its quality checks; one of the same phantom scan takes the place of the earlier. */
export const giveStored = (given: AsynchronousInputs['stored'][number]): DecisionEdit =>
  withAsynchronous(({ stored }) => ({
    stored: [...stored.filter(({ calibration }) => !sameScan(calibration, given.calibration)), given],
  }))

/** Without one of the stored calibrations. */
export const dropStored = (index: number): DecisionEdit =>
  withAsynchronous(({ stored }) => ({ stored: stored.filter((_, at) => at !== index) }))

/** What the site makes of differences; null: the policy of a site that states none. */
export const givePolicy = (policy: AsynchronousPolicy | null): DecisionEdit =>
  withAsynchronous(() => ({ policy: policy ?? DEFAULT_ASYNCHRONOUS_POLICY }))

/** Values of tissues as one file states them. */
export const giveTissue = (part: TissueFilePart): DecisionEdit =>
  withCalibration(({ tissue }) => ({ tissue: { ...(tissue ?? NO_TISSUES), ...part } }))

/** Without the values of tissues that one file stated. */
export const dropTissue = (part: 'densities' | 'spread' | 'reference'): DecisionEdit =>
  withCalibration(({ tissue }) => ({ tissue: { ...(tissue ?? NO_TISSUES), [part]: null } }))

/**
 * Regions of tissues where a person wants them, in the place of all before. They are kept with what tissues are
 * calibrated by, which is there from then on.
 */
export const giveRegions =
  (regions: readonly TissueRegion[]): DecisionEdit =>
  (decisions) => ({
    ...withCalibration(({ tissue }) => ({ tissue: tissue ?? NO_TISSUES }))(decisions),
    tissueRegions: regions.map((region) => ({ ...region, source: 'roi file' })),
  })

/** One region of a tissue somewhere else, LPS mm. From then on all are a person's, as rods are. */
export const moveRegion =
  (index: number, centerLps: readonly [number, number, number]): DecisionEdit =>
  (decisions) =>
    giveRegions(
      decisions.tissueRegions.map(({ source: _, ...region }, at) =>
        at === index ? { ...region, centerLps: [centerLps[0], centerLps[1], centerLps[2]] } : region,
      ),
    )(decisions)

/** The second series of a dual-energy pair; null takes it back, and the basis that was given for it. */
export const chooseSecondSeries = (seriesId: string | null): DecisionEdit =>
  withCalibration(({ dualEnergy }) => ({
    dualEnergy: seriesId === null ? null : { otherSeriesUid: seriesId, basis: dualEnergy?.basis ?? null },
  }))

/** The basis of the dual-energy pair; null: from the phantom in the scan. Without a second series there is no pair. */
export const giveBasis = (basis: DualEnergyFile | null): DecisionEdit =>
  withCalibration(({ dualEnergy }) => ({ dualEnergy: dualEnergy === null ? null : { ...dualEnergy, basis } }))
