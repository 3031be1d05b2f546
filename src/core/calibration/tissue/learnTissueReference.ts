import { QctError } from '../../errors.ts'
import { mgPerCm3 } from '../../units.ts'
import type { DensityCalibration } from '../densityCalibration.ts'
import type { ReferenceDensity, TissueReference } from './referenceLine.ts'
import { TISSUE_GATES, type TissueWindows } from './tissueGates.ts'
import { TISSUES, type Tissue, type TissueSample } from './tissues.ts'
import { usableTissues } from './usableTissues.ts'

/** One scan in which both a phantom and the patient's tissues were measured. */
export interface PairedScan {
  readonly deviceSerial: string
  readonly kvp: number
  /** The phantom's own line in that scan. */
  readonly calibration: Pick<DensityCalibration, 'slope' | 'intercept' | 'phantom' | 'mineral'>
  readonly tissues: readonly TissueSample[]
}

/**
 * Learns what each tissue counts as on the scale of a scanner's own phantom, from scans that show both.
 *
 * The density of a tissue is that of its mean CT number on the scan's phantom line; mean and sample SD (n − 1) over
 * the scans are kept. The SD holds patients, noise and the phantom's own error together, which is what a later
 * patient will differ by. Tissues that are not believable in a scan, contrast-filled blood above all, are left out of it;
 * a tissue with too few scans left is not learned.
 *
 * @throws {QctError} `TISSUE_PAIRS_MIXED` when scanner, voltage, phantom or mineral differ; `TISSUE_PAIRS_TOO_FEW`
 *   when fewer than two tissues were seen often enough; `TISSUE_SAMPLE_INVALID`, `TISSUES_NOT_MONOTONIC`
 */
export function learnTissueReference(
  scans: readonly PairedScan[],
  windows?: TissueWindows,
): TissueReference & { readonly origin: 'pre-calibration'; readonly scans: number } {
  const required = TISSUE_GATES.leastPairs
  const [first] = scans
  if (first === undefined) throw new QctError('TISSUE_PAIRS_TOO_FEW', { found: 0, required })
  const same = <T>(fact: string, of: (scan: PairedScan) => T) => {
    const found = [...new Set(scans.map(of))]
    if (found.length > 1) throw new QctError('TISSUE_PAIRS_MIXED', { fact, found: found.map(String) })
  }
  same('device serial number', (scan) => scan.deviceSerial)
  same('tube voltage', (scan) => scan.kvp)
  same('phantom', (scan) => scan.calibration.phantom)
  same('mineral', (scan) => scan.calibration.mineral)

  const seen = new Map<Tissue, number[]>(TISSUES.map((tissue) => [tissue, []]))
  for (const scan of scans) {
    for (const { tissue, meanHu } of usableTissues(scan.tissues, windows).samples) {
      seen.get(tissue)!.push(scan.calibration.slope * meanHu + scan.calibration.intercept)
    }
  }
  const tissues: Partial<Record<Tissue, ReferenceDensity>> = {}
  let fewest = Number.POSITIVE_INFINITY
  for (const [tissue, densities] of seen) {
    const n = densities.length
    if (n < required) continue
    fewest = Math.min(fewest, n)
    const mean = densities.reduce((sum, density) => sum + density, 0) / n
    const squares = densities.reduce((sum, density) => sum + (density - mean) ** 2, 0)
    tissues[tissue] = { density: mgPerCm3(mean), sd: mgPerCm3(Math.sqrt(squares / (n - 1))) }
  }
  if (Object.keys(tissues).length < 2) {
    throw new QctError('TISSUE_PAIRS_TOO_FEW', { found: scans.length, required })
  }
  const { phantom, mineral } = first.calibration
  return {
    origin: 'pre-calibration',
    mineral,
    kvp: first.kvp,
    tissues,
    scans: fewest,
    citation: `${scans.length} scans of device ${first.deviceSerial} at ${first.kvp} kVp with phantom ${phantom}`,
  }
}
