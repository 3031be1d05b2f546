import { type QctWarning, qctWarning } from '../errors.ts'
import { type AcquisitionLimits, SPINE_ACQUISITION_LIMITS } from './acquisitionLimits.ts'

/** What the files say of an acquisition, as far as it can bias a density. Null means that they say nothing. */
export interface AcquisitionFacts {
  readonly kvp: number | null
  readonly sliceThicknessMm: number | null
  /** Distance of neighbouring slices of the volume. */
  readonly sliceSpacingMm: number
  /** The contrast agent's name as it stands in the files; empty or null when none is named. */
  readonly contrastBolusAgent: string | null
  /** NIfTI files carry no acquisition facts: then one warning says so for all of them. */
  readonly format: 'DICOM' | 'NIfTI'
}

/** A share of a millimetre that headers round away: 3.0000001 mm is 3 mm. */
const ROUNDING_MM = 0.01

/**
 * The doubts that the acquisition puts on a spine measurement: tube voltage, slice thickness, gaps, contrast.
 * Kernel and virtual monoenergetic images are judged where series are chosen.
 */
export function acquisitionWarnings(
  facts: AcquisitionFacts,
  limits: AcquisitionLimits = SPINE_ACQUISITION_LIMITS,
): QctWarning[] {
  const warnings: QctWarning[] = []
  if (facts.kvp === null) warnings.push(qctWarning('KVP_UNKNOWN', {}))
  else if (facts.kvp !== limits.kvp) warnings.push(qctWarning('KVP_NOT_120', { kvp: facts.kvp }))

  // Where the files state no thickness, slices are at least not meant to be thinner than their distance.
  const thickness = facts.sliceThicknessMm ?? facts.sliceSpacingMm
  if (thickness > limits.sliceThickness + ROUNDING_MM)
    warnings.push(qctWarning('SLICES_THICK', { thickness, limit: limits.sliceThickness }))
  if (
    facts.sliceThicknessMm !== null &&
    facts.sliceSpacingMm > facts.sliceThicknessMm * limits.gapFactor + ROUNDING_MM
  )
    warnings.push(
      qctWarning('SLICES_GAPPED', { thickness: facts.sliceThicknessMm, spacing: facts.sliceSpacingMm }),
    )

  if (namesAgent(facts.contrastBolusAgent))
    warnings.push(qctWarning('CONTRAST_AGENT', { agent: (facts.contrastBolusAgent ?? '').trim() }))
  else if (facts.format === 'NIfTI') warnings.push(qctWarning('CONTRAST_UNKNOWN', {}))
  return warnings
}

/** Words that scanners write into ContrastBolusAgent when no agent was given. */
const NO_AGENT = new Set([
  '',
  'no',
  'none',
  'n',
  'without',
  'no contrast',
  'non contrast',
  'non-contrast',
  'native',
  'w/o',
  'na',
  'n/a',
])

/** Whether a ContrastBolusAgent text names an agent. Anything but a clear "none" counts: a doubt too many is safe. */
export const namesAgent = (agent: string | null) => !NO_AGENT.has((agent ?? '').trim().toLowerCase())
