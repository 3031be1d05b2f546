/** What can be wrong with a ROI as a body. */
export type RoiFault =
  | 'not finite'
  | 'size out of range'
  | 'normal is not a unit vector'
  | 'lateral is not a unit vector'
  | 'lateral is not at right angles to normal'
  | 'fewer than three corners'
  | 'corners are not in one plane'
  | 'mask does not fit its grid'

/** The attribute of a slice that holds no usable numbers, by its DICOM keyword. */
export type PlacementAttribute =
  | 'ImagePositionPatient'
  | 'ImageOrientationPatient'
  | 'PixelSpacing'
  | 'Rows and Columns'

/** What told the stacks of one SeriesInstanceUID apart. */
export type StackDifference =
  | 'frame of reference'
  | 'orientation'
  | 'matrix'
  | 'pixel size'
  | 'kernel'
  | 'tube voltage'
  | 'image type'
  | 'energy'
  | 'slice thickness'
  | 'unusable position'
  | 'temporal position'
  | 'acquisition'
  | 'acquisition time'
  | 'instance number'

/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface GeometryErrorDetails {
  ROI_INVALID: { readonly fault: RoiFault }
  ROI_OUTSIDE_VOLUME: Readonly<Record<string, never>>
  ROI_TOO_FEW_VOXELS: { readonly found: number; readonly required: number }
  ROI_EMPTY: { readonly padded: number }
  GEOMETRY_ONE_SLICE: { readonly found: number; readonly required: number }
  GEOMETRY_INVALID: { readonly attribute: PlacementAttribute; readonly slices: number }
  GEOMETRY_MIXED_ORIENTATIONS: { readonly found: number; readonly angle: number }
  GEOMETRY_MIXED_GRIDS: { readonly found: number }
  GEOMETRY_POSITIONS_REPEATED: { readonly slices: number; readonly positions: number }
  GEOMETRY_SLICES_MISSING: { readonly missing: number; readonly largest: number; readonly limit: number }
  GEOMETRY_SPACING_UNEVEN: { readonly low: number; readonly high: number; readonly limit: number }
  GEOMETRY_TILT_TOO_LARGE: { readonly tilt: number; readonly limit: number }
  GEOMETRY_SLICES_SHIFTED: { readonly shift: number; readonly limit: number }
  GEOMETRY_LOCALIZER: Readonly<Record<string, never>>
  VOLUME_TOO_LARGE: { readonly mebibytes: number; readonly limit: number }
  VOLUME_BUFFER_TOO_SMALL: { readonly bytes: number; readonly required: number }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface GeometryWarningDetails {
  SLICE_SPACING_RESAMPLED: { readonly low: number; readonly high: number; readonly spacing: number }
  SLICES_MISSING_INTERPOLATED: {
    readonly missing: number
    readonly largest: number
    readonly spacing: number
  }
  GANTRY_TILT_RESAMPLED: { readonly tilt: number }
  GANTRY_TILT_TAG_DISAGREES: { readonly tag: number; readonly measured: number }
  DUPLICATE_IMAGES_DROPPED: { readonly dropped: number }
  SERIES_SPLIT: { readonly stacks: number; readonly differences: readonly StackDifference[] }
  RESCALE_VARIES: { readonly low: number; readonly high: number }
}
