import type { Tissue } from '../../core/calibration/tissue/tissues.ts'
import type { QctError, QctWarning } from '../../core/errors.ts'
import type { Hu, Mm } from '../../core/units.ts'
import type { EllipticalCylinder } from '../../core/volume/roi.ts'

/** Where a region was sought, in words that a picture can carry. */
export type TissueSite =
  | 'left erector spinae'
  | 'right erector spinae'
  | 'left subcutaneous fat'
  | 'right subcutaneous fat'
  | 'abdominal aorta'
  | 'air outside the skin'

/** What speaks for a region and against it. Every figure is of the plain voxels inside the ROI. */
export interface TissueRegionQuality {
  readonly n: number
  readonly meanHu: Hu
  /** Standard error of the mean that knows the noise's autocorrelation. */
  readonly standardErrorHu: Hu
  readonly sdHu: Hu
  /** SD of the noise of one voxel, a smooth trend inside the region taken away. */
  readonly noiseSdHu: Hu
  /** Share of voxels farther from the median than three robust SDs, 0 to 1; 0.003 in pure Gaussian noise. */
  readonly strayShare: number
  /** Distance in the slice from the region's side to the nearest place that did not look like its tissue. */
  readonly clearance: Mm
  /** Share of voxels at the lowest stored CT number: a scale that ends there cuts off the noise of air. */
  readonly lowestShare: number
}

/** One place in which a tissue is measured: a cylinder that a person can see and move. */
export interface TissueRegion {
  readonly tissue: Tissue
  readonly site: TissueSite
  readonly roi: EllipticalCylinder
  readonly quality: TissueRegionQuality
  readonly warnings: readonly QctWarning[]
}

/** What became of one tissue: its regions, or why there is none. */
export type TissuePlacement =
  | { readonly found: true; readonly regions: readonly TissueRegion[] }
  | { readonly found: false; readonly error: QctError<'TISSUE_REGION_NOT_FOUND'> }

/** Every tissue with its regions or its refusal. */
export type PlacedTissues = Readonly<Record<Tissue, TissuePlacement>>

/** A region before it is measured. */
export interface RegionIdea {
  readonly tissue: Tissue
  readonly site: TissueSite
  readonly roi: EllipticalCylinder
  readonly clearance: Mm
}
