import { parseTissueDensities, type TissueDensities } from './tissueDensities.ts'
import {
  parseTissueReference,
  parseTissueSpread,
  type TissueReferenceFile,
  tissueReferenceFile,
} from './tissueFiles.ts'
import type { TissueSpread } from './tissues.ts'

/** What one file of tissue values holds. */
export type TissueFilePart =
  | { readonly densities: TissueDensities }
  | { readonly spread: TissueSpread }
  | { readonly reference: TissueReferenceFile }

/**
 * Reads a file of tissue values. It is told by what it holds: mass densities, their spread, or reference densities.
 *
 * @throws {QctError} `TISSUE_FILE_INVALID` naming the path of the first fault; `TISSUE_REFERENCE_UNVERIFIED`
 */
export function parseTissueFile(json: unknown): TissueFilePart {
  const holds = (key: string) => typeof json === 'object' && json !== null && key in json
  if (holds('densityGPerCm3')) return { densities: parseTissueDensities(json) }
  if (holds('sdHu')) return { spread: parseTissueSpread(json) }
  return { reference: tissueReferenceFile(parseTissueReference(json)) }
}
