import { measureTrabecularVbmd, measureWithoutDoubt } from '../../core/spine/measureTrabecularVbmd.ts'
import type { VertebralLevel } from '../../core/units.ts'
import type { CtVolume } from '../../core/volume/ctVolume.ts'
import type { RoiDecision } from '../../exam/record/decisions.ts'
import type { LiveMeasurement } from './examWorkerApi.ts'
import { voiBody } from './voiBody.ts'
import type { VolumeFindings } from './volumeFindings.ts'

/**
 * Measures one VOI by the function that makes the record's numbers.
 *
 * Studying noise and sampling the rods anew take longer than a frame. While a VOI is dragged its density is formed
 * with the calibration it had last, without its doubt, and `isSettled` is false; asked to settle, the rods of exactly
 * its slices are sampled, and the numbers are those of the record to the last bit.
 *
 * @throws {QctError} The codes of `measureTrabecularVbmd`, and of the calibration when settling.
 */
export function liveMeasurement(
  volume: CtVolume,
  findings: VolumeFindings,
  level: VertebralLevel,
  decided: NonNullable<RoiDecision['voi']>,
  isSettling: boolean,
): LiveMeasurement {
  const voi = voiBody(decided)
  const known = findings.shown
  const isFitted = isSettling || findings.isFitted(voi) || !known.has(level)
  const calibration = isFitted ? findings.calibration(voi) : (known.get(level) ?? null)
  known.set(level, calibration)
  if (isSettling) {
    const { meanHu, sdHu, n, vbmd, uncertainty } = measureTrabecularVbmd(volume, voi, calibration)
    return { level, meanHu, sdHu, n, vbmdMgPerCm3: vbmd, uncertaintyMgPerCm3: uncertainty, isSettled: true }
  }
  const { meanHu, sdHu, n, vbmd } = measureWithoutDoubt(volume, voi, calibration)
  return { level, meanHu, sdHu, n, vbmdMgPerCm3: vbmd, uncertaintyMgPerCm3: null, isSettled: false }
}
