import type { DensityCalibration } from '../../core/calibration/densityCalibration.ts'
import { findRods } from '../../core/calibration/findRods.ts'
import type { FittedCalibration } from '../../core/calibration/fitCalibration.ts'
import type { FoundPhantom } from '../../core/calibration/foundPhantom.ts'
import { phantomById } from '../../core/calibration/phantomLibrary.ts'
import { refuseUnsureName } from '../../core/calibration/refuseUnsureName.ts'
import { rodsFromClicks } from '../../core/calibration/rodsFromClicks.ts'
import { calibrateInScan, type SliceRegion } from '../../core/calibration/sampleRods.ts'
import { givenPhantomNotes, libraryWith } from '../../core/calibration/userPhantoms.ts'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { lpsPoint } from '../../core/geometry/lps.ts'
import { mm } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import type { RodDecision } from '../record/decisions.ts'
import type { ExamRequest } from './examRequest.ts'

/** The phantom of a scan, if there is one, and what it calibrates. */
export interface ScanCalibration {
  /** Null: CT numbers only. */
  readonly found: FoundPhantom | null
  readonly rods: RodDecision[]
  readonly warnings: readonly QctWarning[]
  /** Why no phantom is used; null with one, and where none was sought. */
  readonly refusal: QctError | null
  /**
   * The calibration of the slices in which a VOI lies; null without a phantom.
   * @throws {QctError} The codes of sampling and fit: they refuse this level alone.
   */
  readonly levelCalibration: (voi: EllipticalCylinder) => FittedCalibration | null
  /** The calibration of all slices from the lowest to the highest VOI; null without a phantom or when it is refused. */
  readonly examCalibration: (vois: readonly EllipticalCylinder[]) => DensityCalibration | null
}

/** The record's id of the calibration of all slices together. */
export const EXAM_CALIBRATION_ID = 'exam'

/**
 * Finds the phantom in a scan as far as the request wants one.
 *
 * `auto` without a phantom is a scan without calibration, with its warning. A phantom that is there but cannot be told
 * (two models fit alike, or the one that nobody named fits badly) is not used either, and that is said too: a guess would
 * give a wrong number.
 *
 * @throws {QctError} With `in-scan`, the codes of the finder and `PHANTOM_NAME_UNSURE`.
 */
export function findScanCalibration(
  volume: CtVolume,
  request: ExamRequest,
  onProgress: (done: number) => void = () => undefined,
): ScanCalibration {
  if (!seeksPhantom(request)) return without(null)
  try {
    const found = phantomOf(volume, request, onProgress)
    if (request.phantom === null) judgeName(volume, found)
    return withPhantom(volume, found)
  } catch (error) {
    if (request.calibration === 'in-scan' || !(error instanceof QctError)) throw error
    return without(error)
  }
}

/** @throws {QctError} `PHANTOM_NAME_UNSURE`; what else its rods refuse concerns the slices of each level. */
function judgeName(volume: CtVolume, found: FoundPhantom): void {
  try {
    refuseUnsureName(found.phantom, calibrateInScan(volume, found, middleOf(found)).calibration)
  } catch (error) {
    if (!(error instanceof QctError) || error.code === 'PHANTOM_NAME_UNSURE') throw error
  }
}

/** Whether a request looks for a phantom in the scan: to calibrate by it, or for the basis of a dual-energy pair. */
export const seeksPhantom = ({ calibration, dualEnergy }: ExamRequest) =>
  ['auto', 'in-scan', 'all'].includes(calibration) ||
  (calibration === 'dual-energy' && dualEnergy !== null && dualEnergy.basis === null)

function phantomOf(volume: CtVolume, request: ExamRequest, onProgress: (done: number) => void): FoundPhantom {
  const clicks = request.roiFile?.rods ?? []
  const library = libraryWith(request.userPhantoms)
  const named = request.phantom === null ? null : phantomById(request.phantom, library)
  if (clicks.length > 0 && named !== null)
    return rodsFromClicks(
      volume,
      clicks.map(({ label, centerLps, radiusMm }) => ({
        label,
        center: lpsPoint(...centerLps),
        radius: mm(radiusMm),
      })),
      named,
    )
  const phantoms = named === null ? library : [named]
  const found = findRods(volume, { phantoms, onProgress })
  // Rods given without a model's name: the finder names the model, the person keeps the rods.
  return clicks.length === 0
    ? found
    : phantomOf(volume, { ...request, phantom: found.phantom.id }, onProgress)
}

function without(refusal: QctError | null): ScanCalibration {
  const isThere = refusal !== null && refusal.code !== 'RODS_NOT_FOUND'
  return {
    found: null,
    rods: [],
    warnings: isThere ? [qctWarning('PHANTOM_NOT_USED', { reason: refusal.message })] : [],
    refusal,
    levelCalibration: () => null,
    examCalibration: () => null,
  }
}

function withPhantom(volume: CtVolume, found: FoundPhantom): ScanCalibration {
  return {
    found,
    rods: found.rods.map(({ rod, point, radius }) => ({
      label: rod.label,
      centerLps: [point[0], point[1], point[2]],
      radiusMm: radius,
      source: found.placement === 'automatic' ? 'automatic' : 'roi file',
    })),
    warnings: [...found.warnings, ...givenPhantomNotes(found.phantom)],
    refusal: null,
    levelCalibration: (voi) => calibrateInScan(volume, found, regionOf([voi])),
    examCalibration: (vois) => {
      try {
        return calibrateInScan(volume, found, vois.length === 0 ? middleOf(found) : regionOf(vois))
          .calibration
      } catch (error) {
        if (error instanceof QctError) return null
        throw error
      }
    },
  }
}

/** The slices from the lowest to the highest of some VOIs. */
export function regionOf(vois: readonly EllipticalCylinder[]): SliceRegion {
  const reach = vois.map(({ center, normal, lateral, radii, height }) => {
    const depth = Math.sqrt(Math.max(0, 1 - normal[2] ** 2 - lateral[2] ** 2)) // z part of normal × lateral
    const half = Math.abs(normal[2]) * (height / 2) + Math.hypot(radii[0] * lateral[2], radii[1] * depth)
    return [center[2] - half, center[2] + half] as const
  })
  const low = Math.min(...reach.map(([from]) => from))
  const high = Math.max(...reach.map(([, to]) => to))
  return { center: lpsPoint(0, 0, (low + high) / 2), halfHeight: mm((high - low) / 2) }
}

/** The middle of the shortest rod, where no level is. */
function middleOf({ rods }: FoundPhantom): SliceRegion {
  const low = Math.max(...rods.map(({ zRange }) => zRange[0]))
  const high = Math.min(...rods.map(({ zRange }) => zRange[1]))
  return { center: lpsPoint(0, 0, (low + high) / 2), halfHeight: mm(Math.max(0, high - low) / 2) }
}
