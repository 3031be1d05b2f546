import type { DensityCalibration } from '../../core/calibration/densityCalibration.ts'
import type { FittedCalibration } from '../../core/calibration/fitCalibration.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import { type ExamMemo, examMemo } from '../../exam/pipeline/examMemo.ts'
import type { ScanCalibration } from '../../exam/pipeline/scanCalibration.ts'

/** What was found in one volume so far: rods, levels, bodies, and the calibration of the slices measured last. */
export class VolumeFindings {
  readonly #keep = examMemo()
  #scan: ScanCalibration | null = null
  #fitted = new Map<string, FittedCalibration | null>()
  /** The calibration each level was shown with last: it stands in while the exact one is not made yet. */
  readonly shown = new Map<VertebralLevel, DensityCalibration | null>()

  /** The memo of the pipeline; the phantom it finds serves live measurements too. */
  readonly memo: ExamMemo = (key, find) => {
    const value = this.#keep(key, find)
    if (Array.isArray(key) && key[0] === 'rods' && this.#scan !== (value as unknown)) {
      this.#scan = value as ScanCalibration
      this.#fitted = new Map()
      this.shown.clear()
    }
    return value
  }

  /** Whether the calibration of exactly these slices was made already. */
  isFitted(voi: EllipticalCylinder): boolean {
    return this.#scan === null || this.#scan.found === null || this.#fitted.has(slicesOf(voi))
  }

  /**
   * The calibration of a VOI's slices; null without a phantom.
   * @throws {QctError} The codes of sampling and fit.
   */
  calibration(voi: EllipticalCylinder): FittedCalibration | null {
    const key = slicesOf(voi)
    const known = this.#fitted.get(key)
    if (known !== undefined) return known
    const fitted = this.#scan?.levelCalibration(voi) ?? null
    this.#fitted.set(key, fitted)
    return fitted
  }
}

/** What of a VOI decides which slices the rods are sampled in: its reach along the patient. */
const slicesOf = ({ center, normal, lateral, radii, height }: EllipticalCylinder): string =>
  JSON.stringify(
    Math.abs(normal[2]) === 1 ? [center[2], height] : [center[2], height, normal, lateral, radii],
  )
