import { QctError } from '../../../core/errors.ts'
import type { VolumeGeometry } from '../../../core/geometry/volumeGeometry.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { CtSeries } from '../../../dicom/ctStudy.ts'
import { seriesEnergy } from './seriesEnergy.ts'

/** A series with its volume. */
export interface SeriesVolume {
  readonly series: CtSeries
  readonly volume: CtVolume
}

/** Two series of one study on one grid, from low to high energy. */
export interface DualEnergyPair {
  readonly low: SeriesVolume
  readonly high: SeriesVolume
  readonly unit: 'kVp' | 'keV'
  readonly lowEnergy: number
  readonly highEnergy: number
}

/** Grids that differ by less than this share of a voxel name the same places. */
const SAME_PLACE = 0.01

/**
 * Orders two series by energy and makes sure that they show the same places.
 * @throws {QctError} `DUAL_ENERGY_SERIES_DIFFER` naming what differs, or what a header does not say
 */
export function dualEnergyPair(first: SeriesVolume, second: SeriesVolume): DualEnergyPair {
  const fail = (problem: string) => new QctError('DUAL_ENERGY_SERIES_DIFFER', { problem })
  const frames = [first, second].map(({ series }) => series.frameOfReferenceUid)
  if (frames[0] !== frames[1]) throw fail('they have different frames of reference')
  const [one, other] = [seriesEnergy(first.series), seriesEnergy(second.series)]
  if (one === null || other === null) throw fail('a header does not say with which energy it was made')
  if (one.unit !== other.unit) throw fail('one is monoenergetic and the other is not')
  if (one.value === other.value) throw fail(`both were made at ${one.value} ${one.unit}`)
  const difference = gridDifference(first.volume.geometry, second.volume.geometry)
  if (difference !== null) throw fail(difference)
  const isFirstLow = one.value < other.value
  return {
    low: isFirstLow ? first : second,
    high: isFirstLow ? second : first,
    unit: one.unit,
    lowEnergy: Math.min(one.value, other.value),
    highEnergy: Math.max(one.value, other.value),
  }
}

function gridDifference(a: VolumeGeometry, b: VolumeGeometry): string | null {
  if (a.size.some((count, axis) => count !== b.size[axis]))
    return 'their grids have different numbers of voxels'
  const voxel = Math.min(...a.spacing)
  const far = (x: readonly number[], y: readonly number[], scale: number) =>
    x.some((value, at) => Math.abs(value - (y[at] ?? Number.NaN)) * scale > SAME_PLACE * voxel)
  const longest = Math.max(...a.size)
  if (far(a.spacing, b.spacing, longest)) return 'their voxels have different sizes'
  if (far(a.origin, b.origin, 1)) return 'their grids begin at different places'
  const reach = longest * Math.max(...a.spacing)
  return a.axes.some((axis, at) => far(axis, b.axes[at] ?? [], reach)) ? 'their grids are turned' : null
}
