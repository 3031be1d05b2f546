import type { RodFault } from '../errors/calibration.ts'
import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import type { LpsPoint } from '../geometry/lps.ts'
import { translate } from '../geometry/vector.ts'
import { type Hu, type Mm, mm } from '../units.ts'
import type { CtVolume } from '../volume/ctVolume.ts'
import { standardErrorOfMean } from '../volume/noise.ts'
import type { EllipticalCylinder } from '../volume/roi.ts'
import { planeAxes } from '../volume/roiRule.ts'
import { type RoiStatistics, roiStatistics } from '../volume/roiStatistics.ts'
import type { MeasuredRod } from './densityCalibration.ts'
import { type FittedCalibration, fitCalibration } from './fitCalibration.ts'
import type { FoundPhantom, FoundRod } from './foundPhantom.ts'

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

/** How rods are sampled, as data. */
export const ROD_SAMPLING = {
  /** The sample keeps this far from the rod's edge, mm: blur, tilt within a thick slice and misplacement. */
  edgeClearance: 2.2,
  /** But it takes at most and at least this share of the rod's radius. */
  radiusShare: { most: 0.75, least: 0.5 },
  /** Share of the sample's radius that is certainly free of the edge, for comparison with the rest. */
  coreShare: 0.6,
  /** A sample is at least this long, mm: the height of a vertebra. */
  minLength: 30,
  /** Shorter samples than this, where a rod ends, are not used, mm. */
  shortest: 8,
  /** How far from the vertebra rods may still be sampled, mm. */
  farthest: 30,
  minVoxels: 40,
  /** Largest share of a sample beyond the field. */
  maxOutside: 0.02,
  /** SD against the typical rod's: warned above, excluded above. */
  noisy: 1.6,
  excluded: 2.5,
  /** Difference of upper and lower half, and of core and rim, that warns unless noise explains it, HU. */
  drift: 10,
  edge: 8,
  /** How many standard errors noise may explain. */
  sigmas: 4.5,
} as const

const sampleRadius = (radius: number) => {
  const { edgeClearance, radiusShare } = ROD_SAMPLING
  return Math.max(radiusShare.least * radius, Math.min(radiusShare.most * radius, radius - edgeClearance))
}

/** The part of a rod beside a region: its ROI and how far it had to be moved along z; null when too far. */
function sampleOf(found: FoundRod, region: SliceRegion): { roi: EllipticalCylinder; moved: number } | null {
  const [low, high] = found.zRange
  const half = Math.max(region.halfHeight, ROD_SAMPLING.minLength / 2)
  const middle = Math.min(Math.max(region.center[2], low), high)
  const moved = Math.abs(middle - region.center[2])
  if (moved > ROD_SAMPLING.farthest) return null
  // A sample that would reach past the rod's end is cut there; one wholly past it slides back on to the rod.
  const [from, to] =
    moved > half - ROD_SAMPLING.shortest
      ? [Math.max(low, middle - 2 * half), Math.min(high, middle + 2 * half)]
      : [Math.max(low, region.center[2] - half), Math.min(high, region.center[2] + half)]
  if (to - from < ROD_SAMPLING.shortest) return null
  const radius = sampleRadius(found.radius)
  const { direction, point } = found
  return {
    roi: {
      kind: 'ellipticalCylinder',
      center: translate(point, direction, ((from + to) / 2 - point[2]) / direction[2]),
      normal: direction,
      lateral: planeAxes(direction)[0],
      radii: [radius, radius],
      height: (to - from) / direction[2],
    },
    moved: moved > half - ROD_SAMPLING.shortest ? moved : 0,
  }
}

interface Sample {
  readonly found: FoundRod
  readonly roi: EllipticalCylinder
  readonly statistics: RoiStatistics
  readonly sd: number
  readonly standardError: Hu
}

function measure(volume: CtVolume, found: FoundRod, roi: EllipticalCylinder): Sample | RodFault {
  let statistics: RoiStatistics
  try {
    statistics = roiStatistics(volume, roi)
  } catch (error) {
    if (error instanceof QctError) return 'outside the scanned volume'
    throw error
  }
  const { n, padded, outsideFraction, sd } = statistics
  if (outsideFraction > ROD_SAMPLING.maxOutside || padded > ROD_SAMPLING.maxOutside * n) {
    return 'outside the scanned volume'
  }
  if (n < ROD_SAMPLING.minVoxels || sd === null) return 'too few voxels'
  return { found, roi, statistics, sd, standardError: standardErrorOfMean(volume, roi).standardError }
}

/** Doubts one sample raises by itself: a change along the rod, an edge inside the sample. */
function doubtsOf(volume: CtVolume, { found, roi, statistics, standardError }: Sample): QctWarning[] {
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

/**
 * Measures the rods of a phantom in the slices of one vertebra.
 *
 * Beam hardening by the vertebrae changes the rods by several per cent along the patient, so each vertebra is
 * calibrated with the rods of its own slices. The sample keeps clear of the rod's edge.
 *
 * @param region - Where the vertebra lies; widened to 30 mm along z.
 * @throws {QctError} `ROD_SAMPLES_TOO_FEW` when fewer than three rods (two for a two-rod phantom) remain.
 */
export function sampleRods(volume: CtVolume, phantom: FoundPhantom, region: SliceRegion): RodSamples {
  const warnings: QctWarning[] = []
  const excluded: string[] = []
  const exclude = (label: string, reason: RodFault) => {
    excluded.push(label)
    warnings.push(qctWarning('ROD_EXCLUDED', { label, reason }))
  }
  const samples: Sample[] = []
  let farthest = 0
  for (const found of phantom.rods) {
    const placed = sampleOf(found, region)
    const sample = placed === null ? 'outside the scanned volume' : measure(volume, found, placed.roi)
    if (typeof sample === 'string') exclude(found.rod.label, sample)
    else {
      samples.push(sample)
      farthest = Math.max(farthest, placed?.moved ?? 0)
    }
  }
  if (farthest > 0) warnings.push(qctWarning('ROD_SAMPLE_MOVED', { shift: farthest }))

  const sds = samples.map((sample) => sample.sd).sort((a, b) => a - b)
  const typical = sds[(sds.length - 1) >> 1] ?? 0
  const rods: MeasuredRod[] = []
  for (const sample of samples) {
    const { rod } = sample.found
    // 3 HU: noise-free pictures have SDs that differ by chance and mean nothing.
    if (sample.sd > ROD_SAMPLING.excluded * typical + 3) {
      exclude(rod.label, 'noise far above the other rods')
      continue
    }
    if (sample.sd > ROD_SAMPLING.noisy * typical + 3) {
      warnings.push(qctWarning('ROD_NOISY', { label: rod.label, sd: sample.sd, typical }))
    }
    warnings.push(...doubtsOf(volume, sample))
    rods.push({
      label: rod.label,
      meanHu: sample.statistics.mean,
      sdHu: sample.sd as Hu,
      standardErrorHu: sample.standardError,
      n: sample.statistics.n,
      density: rod.density,
      ...(rod.waterDensity === undefined ? {} : { waterDensity: rod.waterDensity }),
      center: sample.roi.center,
      radius: mm(sample.roi.radii[0]),
    })
  }
  const required = Math.min(3, phantom.phantom.rods.length)
  if (rods.length < required) {
    throw new QctError('ROD_SAMPLES_TOO_FEW', { usable: rods.length, required, excluded })
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
