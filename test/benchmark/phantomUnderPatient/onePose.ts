import { densityOf } from '../../../src/core/calibration/densityCalibration.ts'
import { findRods } from '../../../src/core/calibration/findRods.ts'
import { densityStandardError } from '../../../src/core/calibration/fitCalibration.ts'
import { calibrateInScan } from '../../../src/core/calibration/sampleRods.ts'
import { QctError } from '../../../src/core/errors.ts'
import { lpsPoint } from '../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import { layPhantom, type PhantomPose, rodOffset, type ScanLook } from './layPhantom.ts'
import { noiseBlock, skinBlur } from './patientScan.ts'
import { type DigitalPhantom, trueLine } from './phantomTypes.ts'
import { type PoseKind, poseOf } from './poses.ts'

/** What one phantom in one pose came to. */
export interface PoseOutcome {
  readonly phantom: string
  readonly index: number
  readonly kind: PoseKind
  /** Id of the phantom found, or the code of the refusal. */
  readonly found: string
  /** Largest distance of a rod from its true axis, at the middle and both ends of its visible length, mm; or null. */
  readonly placeMm: number | null
  readonly rods: number
  /** Error of the slope as a share of it; null without a calibration. */
  readonly slopeError: number | null
  /** How the calibration reads what truly has 0 and 200 mg/cm³: error and the standard error it states, mg/cm³. */
  readonly read: readonly { readonly error: number; readonly standardError: number }[]
  readonly warnings: readonly string[]
}

/** Rods must lie within this of their true axes, mm: samples keep 2.1 mm clear of the edge. */
const PLACE_LIMIT = 1
/**
 * Slope and intercept are near the truth when 0 and 200 mg/cm³ read within four of the standard errors that the
 * calibration states of itself, and 0.5 mg/cm³ for whole CT numbers and a rim's last blur; and, whatever it states, within 5.
 * Three rods of 13 mm in this scan's noise are known to 1.5 HU each: 1.2 mg/cm³.
 */
const READ_LIMIT = { standardErrors: 4, floor: 0.5, most: 5 } as const

/** Whether the right phantom was found in its place and calibrates. */
export const isRight = (one: PoseOutcome): boolean =>
  one.found === one.phantom &&
  one.placeMm !== null &&
  one.placeMm <= PLACE_LIMIT &&
  one.read.length === 2 &&
  one.read.every(
    ({ error, standardError }) =>
      Math.abs(error) <=
      Math.min(READ_LIMIT.most, READ_LIMIT.standardErrors * standardError + READ_LIMIT.floor),
  )

/** What the scan itself says of blur and noise. */
export const lookOf = (volume: CtVolume): ScanLook => ({ blur: skinBlur(volume), noise: noiseBlock(volume) })

type Triple = readonly [number, number, number]

/** Distance of a point from a rod's true axis, mm. */
function distance(phantom: DigitalPhantom, pose: PhantomPose, at: number, point: Triple): number {
  const off = rodOffset(phantom, pose, at)
  const d = [0, 1, 2].map((axis) => point[axis]! - pose.middle[axis]! - off * pose.row[axis]!)
  const along = d.reduce((sum, value, axis) => sum + value * pose.axis[axis]!, 0)
  return Math.hypot(...d.map((value, axis) => value - along * pose.axis[axis]!))
}

/** The scan with one of the ten poses of a phantom laid into it, and the truth of it. */
export function layPose(
  volume: CtVolume,
  look: ScanLook,
  phantom: DigitalPhantom,
  index: number,
  seed: number,
) {
  const { kind, pose, draw } = poseOf(volume, phantom, index, seed)
  // 140 kVp: less per mg than the 1.5 HU of 120 kVp through a thin patient.
  const response = { huPerMineral: 1.05 + 0.3 * draw(), waterHu: -6 + 12 * draw() }
  const laid = layPhantom(volume, phantom, pose, response, look, 5, Math.floor(draw() * 64))
  return { kind, pose, response, volume: laid }
}

/** Lays a phantom into a scan, looks for it among the whole library, and calibrates the middle of the scan with it. */
export function onePose(
  patient: CtVolume,
  look: ScanLook,
  phantom: DigitalPhantom,
  index: number,
  seed: number,
): PoseOutcome {
  const { kind, pose, response, volume } = layPose(patient, look, phantom, index, seed)
  const asked = { phantom: phantom.id, index, kind }
  try {
    const found = findRods(volume)
    const placeMm = Math.max(
      ...found.rods.map(({ rod, point, direction, zRange }) => {
        const at = phantom.rods.findIndex(({ label }) => label === rod.label)
        return Math.max(
          ...[point[2], ...zRange].map((z) => {
            const step = (z - point[2]) / direction[2]
            return distance(phantom, pose, at, [
              point[0] + step * direction[0],
              point[1] + step * direction[1],
              point[2] + step * direction[2],
            ])
          }),
        )
      }),
    )
    const [low, high] = [
      Math.max(...found.rods.map(({ zRange }) => zRange[0])),
      Math.min(...found.rods.map(({ zRange }) => zRange[1])),
    ]
    const region = { center: lpsPoint(0, 0, (low + high) / 2), halfHeight: mm(15) }
    const { calibration, warnings } = calibrateInScan(volume, found, region)
    const truth = trueLine(response)
    return {
      ...asked,
      found: found.phantom.id,
      placeMm,
      rods: calibration.rods.length,
      slopeError: calibration.slope / truth.slope - 1,
      read: [0, 200].map((density) => {
        const ctNumber = hu((density - truth.intercept) / truth.slope)
        return {
          error: densityOf(calibration, ctNumber) - density,
          standardError: densityStandardError(calibration, ctNumber, hu(0)),
        }
      }),
      warnings: [...new Set([...found.warnings, ...warnings].map(({ code }) => code))],
    }
  } catch (error) {
    if (error instanceof QctError)
      return { ...asked, found: error.code, placeMm: null, rods: 0, slopeError: null, read: [], warnings: [] }
    throw error
  }
}
