import type { RodFault } from '../errors/calibration.ts'
import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import type { LpsPoint } from '../geometry/lps.ts'
import { translate } from '../geometry/vector.ts'
import { type Mm, mm } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import { roiStatistics } from '../volume/roiStatistics.ts'
import type { MeasuredRod } from './densityCalibration.ts'
import { type FittedCalibration, fitCalibration } from './fitCalibration.ts'
import type { FoundPhantom } from './foundPhantom.ts'
import { driftOf, placementSd } from './rodDoubt.ts'
import { measureSample, placeSample, type RodSample, type ZRange } from './rodSample.ts'
import { ROD_SAMPLING } from './rodSampling.ts'

/** The slices in which a vertebra lies. */
export interface SliceRegion {
  readonly center: LpsPoint
  /** Half the length along z. */
  readonly halfHeight: Mm
}

/** The rods as measured in the slices of one region. */
export interface RodSamples {
  readonly rods: readonly MeasuredRod[]
  readonly warnings: readonly QctWarning[]
}

/** Doubts one sample raises by itself: a change along the rod, an edge inside the sample. */
function doubtsOf(volume: CtVolume, { found, roi, statistics, standardError }: RodSample): QctWarning[] {
  const { label } = found.rod
  const { drift: driftLimit, edge: edgeLimit, sigmas, coreShare } = ROD_SAMPLING
  const warnings: QctWarning[] = []
  const half = (sign: 1 | -1): EllipticalCylinder => ({
    ...roi,
    center: translate(roi.center, roi.normal, (sign * roi.height) / 4),
    height: roi.height / 2,
  })
  const drift = roiStatistics(volume, half(1)).mean - roiStatistics(volume, half(-1)).mean
  // Each half knows its mean √2 times worse than the whole, their difference 2 times.
  const limit = Math.max(driftLimit, sigmas * 2 * standardError)
  if (Math.abs(drift) > limit) warnings.push(qctWarning('ROD_DRIFT', { label, drift, limit }))

  const coreRadius = coreShare * roi.radii[0]
  const core = roiStatistics(volume, { ...roi, radii: [coreRadius, coreRadius] })
  const rim = (statistics.n * statistics.mean - core.n * core.mean) / (statistics.n - core.n)
  const share = core.n / statistics.n
  const difference = rim - core.mean
  const ofDifference = standardError / Math.sqrt(share * (1 - share))
  if (Math.abs(difference) > Math.max(edgeLimit, sigmas * ofDifference)) {
    warnings.push(qctWarning('ROD_EDGE_IN_SAMPLE', { label, difference }))
  }
  return warnings
}

interface Round {
  readonly samples: readonly RodSample[]
  readonly faults: readonly { readonly label: string; readonly reason: RodFault }[]
  /** How far the farthest sample had to be moved, mm. */
  readonly moved: number
}

function sampleRound(volume: CtVolume, phantom: FoundPhantom, wanted: ZRange): Round {
  const samples: RodSample[] = []
  const faults: { label: string; reason: RodFault }[] = []
  let moved = 0
  for (const found of phantom.rods) {
    const { label } = found.rod
    const placed = placeSample(found, wanted)
    const sample = placed === null ? 'outside the scanned volume' : measureSample(volume, found, placed.roi)
    if (typeof sample === 'string') faults.push({ label, reason: sample })
    else {
      samples.push(sample)
      moved = Math.max(moved, placed?.moved ?? 0)
    }
  }
  return { samples, faults, moved }
}

/** The slices to sample: the vertebra's, and as many round it as noise asks for. */
function sampled(volume: CtVolume, phantom: FoundPhantom, { center, halfHeight }: SliceRegion): Round {
  const { minLength, maxLength, wantedStandardError } = ROD_SAMPLING
  const half = Math.max(halfHeight, minLength / 2)
  const first = sampleRound(volume, phantom, [center[2] - half, center[2] + half])
  const worst = Math.max(0, ...first.samples.map((sample) => sample.standardError))
  const wider = Math.min(maxLength / 2, half * (worst / wantedStandardError) ** 2)
  if (wider <= half) return first
  const second = sampleRound(volume, phantom, [center[2] - wider, center[2] + wider])
  return second.samples.length === first.samples.length ? second : first
}

/**
 * Measures the rods of a phantom in the slices of one vertebra.
 *
 * Beam hardening by the vertebrae changes the rods by several per cent along the patient, so each vertebra is
 * calibrated with the rods of its own slices. The sample keeps clear of the rod's edge.
 *
 * @param region - Where the vertebra lies; widened along z as `ROD_SAMPLING` says.
 * @throws {QctError} `ROD_SAMPLES_TOO_FEW` when fewer than three rods (two for a two-rod phantom) remain.
 */
export function sampleRods(volume: CtVolume, phantom: FoundPhantom, region: SliceRegion): RodSamples {
  const { samples, faults, moved } = sampled(volume, phantom, region)
  const excluded = [...faults]
  const warnings: QctWarning[] = []
  if (moved > 0) warnings.push(qctWarning('ROD_SAMPLE_MOVED', { shift: moved }))

  const sds = samples.map((sample) => sample.sd).sort((a, b) => a - b)
  const typical = sds[(sds.length - 1) >> 1] ?? 0
  const rods: MeasuredRod[] = []
  for (const sample of samples) {
    const { rod } = sample.found
    if (sample.sd > ROD_SAMPLING.excluded * typical + ROD_SAMPLING.noiseFloor) {
      excluded.push({ label: rod.label, reason: 'noise far above the other rods' })
      continue
    }
    if (sample.sd > ROD_SAMPLING.noisy * typical + ROD_SAMPLING.noiseFloor) {
      warnings.push(qctWarning('ROD_NOISY', { label: rod.label, sd: sample.sd, typical }))
    }
    warnings.push(...doubtsOf(volume, sample))
    const driftHu = driftOf(volume, sample, region.center)
    rods.push({
      label: rod.label,
      meanHu: sample.statistics.mean,
      sdHu: sample.sd,
      standardErrorHu: sample.standardError,
      n: sample.statistics.n,
      density: rod.density,
      ...(rod.waterDensity === undefined ? {} : { waterDensity: rod.waterDensity }),
      ...(rod.densitySd === undefined ? {} : { densitySd: rod.densitySd }),
      ...(rod.waterDensitySd === undefined ? {} : { waterDensitySd: rod.waterDensitySd }),
      placementSdHu: placementSd(volume, sample),
      ...(driftHu === null ? {} : { driftHu }),
      center: sample.roi.center,
      radius: mm(sample.roi.radii[0]),
    })
  }
  warnings.unshift(...excluded.map((fault) => qctWarning('ROD_EXCLUDED', fault)))
  const required = Math.min(3, phantom.phantom.rods.length)
  if (rods.length < required) {
    const labels = excluded.map(({ label, reason }) => `${label}: ${reason}`)
    throw new QctError('ROD_SAMPLES_TOO_FEW', { usable: rods.length, required, excluded: labels })
  }
  return { rods, warnings }
}

/**
 * Calibrates the slices of one vertebra with the phantom that lies in them.
 * @throws {QctError} What `sampleRods` and `fitCalibration` refuse.
 */
export function calibrateInScan(
  volume: CtVolume,
  phantom: FoundPhantom,
  region: SliceRegion,
): FittedCalibration {
  const samples = sampleRods(volume, phantom, region)
  const { calibration, warnings } = fitCalibration(phantom.phantom, samples.rods)
  return { calibration, warnings: [...samples.warnings, ...warnings] }
}
