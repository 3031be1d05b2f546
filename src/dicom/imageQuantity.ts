import type { Acquisition } from './ctStudy.ts'

/**
 * What the pixels of a series mean: CT numbers of the beam as it was, CT numbers computed for one energy, or another
 * quantity (iodine, effective atomic number, virtual non-contrast …).
 */
export type ImageQuantity =
  | { readonly kind: 'conventional' }
  | { readonly kind: 'monoenergetic'; readonly energy: string }
  | { readonly kind: 'other'; readonly imageType: string }

/**
 * ImageType terms of multi-energy images that hold no conventional CT numbers.
 * @see DICOM PS3.3 C.8.15.2.1.1 (multi-energy CT image type terms)
 */
const OTHER_TERMS = [
  'MAT_SPECIFIC',
  'MAT_REMOVED',
  'MAT_FRACTIONAL',
  'MAT_VALUE_BASED',
  'MAT_MODIFIED',
  'EFF_ATOMIC_NUM',
  'ELECTRON_DENSITY',
]

/**
 * Derived pixel contrasts that are computed from CT numbers but are none: perfusion maps, differences, statistics.
 * @see DICOM PS3.3 C.8.16.1.4, table C.8-130
 */
const DERIVED_TERMS = [
  'ADDITION',
  'DIVISION',
  'MTT',
  'MULTIPLICATION',
  'RCBF',
  'RCBV',
  'STD_DEVIATION',
  'SUBTRACTION',
  'T_TEST',
  'TTP',
  'Z_SCORE',
]

/** Words makers write into ImageType or the description for the same. */
const OTHER_WORDS =
  /\b(?:IODINE (?:MAP|DENSITY|NO WATER)|Z ?EFF(?:ECTIVE)?|VNC|VIRTUAL NON[- ]?CONTRAST|CALCIUM SUPP\w*)\b/

/** MON alone is Siemens' word for bolus monitoring, so monoenergetic images are known by longer words only. */
const MONO_WORDS = /\b(?:VMI|MONOE|MONO ?PLUS|MONO ?\+|MONO-?ENERG\w*|MONO-?CHROM\w*)(?![A-Z])/
const ENERGY = /(\d{2,3}) ?_?KEV\b/

/**
 * Says what the pixels of a series mean, from the energy attribute, ImageType and the description.
 *
 * Older files tell a monoenergetic image by the description alone, so a description is believed when it names an
 * energy in keV: tube voltages are written in kV.
 */
export function imageQuantity(acquisition: Acquisition, seriesDescription: string): ImageQuantity {
  const terms = acquisition.imageType.map((value) => value.toUpperCase())
  const text = [...terms, seriesDescription.toUpperCase()].join(' | ').replaceAll('_', ' ')
  const imageType = acquisition.imageType.join('\\')
  if (
    terms.some((term) => OTHER_TERMS.includes(term) || DERIVED_TERMS.includes(term)) ||
    OTHER_WORDS.test(text)
  )
    return { kind: 'other', imageType }
  const stated = acquisition.monoenergeticKev
  if (stated !== undefined) return { kind: 'monoenergetic', energy: `${stated} keV` }
  const energy = ENERGY.exec(text)?.[1]
  if (energy) return { kind: 'monoenergetic', energy: `${energy} keV` }
  return MONO_WORDS.test(text) ? { kind: 'monoenergetic', energy: 'keV ?' } : { kind: 'conventional' }
}
