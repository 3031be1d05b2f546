import type { CtSeries } from '../../../dicom/ctStudy.ts'
import { imageQuantity } from '../../../dicom/imageQuantity.ts'

/** Energy of a monoenergetic series in keV; null for a conventional one; NaN where it is monoenergetic and does not say. */
export function monoenergeticKev({ acquisition, seriesDescription }: CtSeries): number | null {
  const quantity = imageQuantity(acquisition, seriesDescription)
  return quantity.kind === 'monoenergetic' ? Number.parseFloat(quantity.energy.replace(/^\D+$/, 'NaN')) : null
}

/** What a series was made with: its tube voltage, or its energy where it is monoenergetic; null where it does not say. */
export function seriesEnergy(
  series: CtSeries,
): { readonly unit: 'kVp' | 'keV'; readonly value: number } | null {
  const kev = monoenergeticKev(series)
  if (kev !== null) return Number.isFinite(kev) ? { unit: 'keV', value: kev } : null
  const kvp = series.acquisition.kvp
  return kvp === undefined ? null : { unit: 'kVp', value: kvp }
}
