import { z } from 'zod'
import { mgPerCm3 } from '../../units.ts'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import { learnedFromSchema } from './learnedFrom.ts'
import type { ReferenceDensity, TissueReference } from './referenceLine.ts'
import { TISSUES, type Tissue, type TissueSpread } from './tissues.ts'

const sd = z.number().nonnegative().max(1000)

/** Effective energies that a user expects at one tube voltage. No beam's energy exceeds its voltage. */
export const plausibleEnergySchema = z
  .strictObject({ kvp: z.number().positive(), lowKeV: z.number().positive(), highKeV: z.number().positive() })
  .refine(({ kvp, lowKeV, highKeV }) => lowKeV < highKeV && highKeV < kvp, {
    path: ['highKeV'],
    message: 'must lie above lowKeV and below kvp',
  })

const spreadSchema = z.strictObject({
  schemaVersion: z.literal(1),
  citation: z.string().trim().min(1),
  plausibleEnergy: z.array(plausibleEnergySchema).readonly().optional(),
  sdHu: z.strictObject({ adipose: sd, skeletalMuscle: sd, blood: sd, corticalBone: sd }),
})

const referenceDensity = z.strictObject({
  densityMgPerCm3: z.number().min(-1500).max(2500),
  sdMgPerCm3: z.number().nonnegative().max(500),
})

/** The file of reference densities, a user's own or learned from phantom scans. */
export const tissueReferenceSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    origin: z.enum(['user', 'pre-calibration']),
    mineral: z.enum(['K2HPO4', 'HA', 'CaCO3']),
    kvp: z.number().positive(),
    /** Scans they were learned from; `null` for a user's. */
    scans: z.number().int().min(2).nullable(),
    citation: z.string().trim().min(1),
    tissues: z.partialRecord(z.enum(TISSUES), referenceDensity),
    /** The scanner that they hold for. Files of earlier versions and of a user do not name it. */
    learned: learnedFromSchema.optional(),
  })
  .refine(({ tissues }) => Object.keys(tissues).length >= 2, {
    path: ['tissues'],
    message: 'two tissues are needed',
  })
  .refine(({ origin, scans }) => (origin === 'pre-calibration') === (scans !== null), {
    path: ['scans'],
    message: 'the number of scans belongs to a pre-calibration, and to nothing else',
  })
  .refine(({ origin, learned }) => origin === 'pre-calibration' || learned === undefined, {
    path: ['learned'],
    message: 'a scanner belongs to a pre-calibration, and to nothing else',
  })

/** A tissue reference as its file states it. */
export type TissueReferenceFile = z.infer<typeof tissueReferenceSchema>

/**
 * Reads a file of how much tissues differ.
 * @throws {QctError} `TISSUE_FILE_INVALID`
 */
export function parseTissueSpread(json: unknown): TissueSpread {
  const { schemaVersion: _, ...spread } = parseCalibrationFile('TISSUE_FILE_INVALID', spreadSchema, json)
  return spread
}

/**
 * Reads a file of reference densities, a user's own or learned from phantom scans.
 * @throws {QctError} `TISSUE_FILE_INVALID`
 */
export function parseTissueReference(json: unknown): TissueReference {
  const {
    schemaVersion: _,
    tissues,
    ...facts
  } = parseCalibrationFile('TISSUE_FILE_INVALID', tissueReferenceSchema, json)
  const densities: Partial<Record<Tissue, ReferenceDensity>> = {}
  for (const tissue of TISSUES) {
    const stated = tissues[tissue]
    if (stated === undefined) continue
    densities[tissue] = { density: mgPerCm3(stated.densityMgPerCm3), sd: mgPerCm3(stated.sdMgPerCm3) }
  }
  return { ...facts, tissues: densities }
}

/** The file of a tissue reference, which `parseTissueReference` reads back. */
export function tissueReferenceFile(reference: TissueReference): TissueReferenceFile {
  const { tissues, ...facts } = reference
  const stated: TissueReferenceFile['tissues'] = {}
  for (const tissue of TISSUES) {
    const known = tissues[tissue]
    if (known === undefined) continue
    stated[tissue] = { densityMgPerCm3: known.density, sdMgPerCm3: known.sd }
  }
  return { schemaVersion: 1, ...facts, tissues: stated }
}
