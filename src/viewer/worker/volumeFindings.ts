import type { FittedCalibration } from '../../core/calibration/fitCalibration.ts'
import type { CalibrationLine } from '../../core/spine/densityByLine.ts'
import { mgPerCm3, type VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'
import { type ExamMemo, examMemo } from '../../exam/pipeline/examMemo.ts'
import type { ScanCalibration } from '../../exam/pipeline/scanCalibration.ts'
import type { CalibrationResult } from '../../exam/record/results.ts'

/** What was found in one volume so far: rods, levels, bodies, and the calibration of the slices measured last. */
export class VolumeFindings {
  readonly #keep = examMemo()
  #scan: ScanCalibration | null = null
  #fitted = new Map<string, FittedCalibration | null>()
  #second: { readonly seriesId: string; readonly volume: CtVolume } | null = null
  /** The line of the exam where it is not of rods in the level's own slices; undefined where it is. */
  #line: CalibrationLine | null | undefined
  /** The calibration each level was shown with last: it stands in while the exact one is not made yet. */
  readonly shown = new Map<VertebralLevel, CalibrationLine | null>()

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

  /**
   * Measures from now on by the calibration that made the record's values: a VOI under the hand gets the number that
   * the record will have. Dual energy, which has no line, and an exam without calibration give none.
   */
  use({
    method,
    slopeMgPerCm3PerHu: slope,
    interceptMgPerCm3: intercept,
    covariance,
  }: Pick<CalibrationResult, 'method' | 'slopeMgPerCm3PerHu' | 'interceptMgPerCm3' | 'covariance'>): void {
    const isLine = slope !== null && intercept !== null && covariance !== null
    const line = isLine ? { slope, intercept: mgPerCm3(intercept), covariance } : null
    const next = method === 'in-scan' ? undefined : line
    if (JSON.stringify(next) === JSON.stringify(this.#line)) return
    this.#line = next
    this.shown.clear()
  }

  /** The volume of the second series of a pair: read once, as long as it is the same one. */
  async second(seriesId: string, read: () => Promise<CtVolume>): Promise<CtVolume> {
    if (this.#second?.seriesId !== seriesId) this.#second = { seriesId, volume: await read() }
    return this.#second.volume
  }

  /** Whether the calibration of exactly these slices was made already. */
  isFitted(voi: EllipticalCylinder): boolean {
    if (this.#line !== undefined) return true
    return this.#scan === null || this.#scan.found === null || this.#fitted.has(slicesOf(voi))
  }

  /**
   * The calibration of a VOI's slices; null without one.
   * @throws {QctError} The codes of sampling and fit.
   */
  calibration(voi: EllipticalCylinder): CalibrationLine | null {
    if (this.#line !== undefined) return this.#line
    const key = slicesOf(voi)
    const known = this.#fitted.get(key)
    if (known !== undefined) return known?.calibration ?? null
    const fitted = this.#scan?.levelCalibration(voi) ?? null
    this.#fitted.set(key, fitted)
    return fitted?.calibration ?? null
  }
}

/** What of a VOI decides which slices the rods are sampled in: its reach along the patient. */
const slicesOf = ({ center, normal, lateral, radii, height }: EllipticalCylinder): string =>
  JSON.stringify(
    Math.abs(normal[2]) === 1 ? [center[2], height] : [center[2], height, normal, lateral, radii],
  )
