import { z } from 'zod'
import { hu, mgPerCm3 } from '../../units.ts'
import { parseCalibrationFile } from '../parseCalibrationFile.ts'
import { basisFromRods, checkBasis, type FittedBasis } from './dualEnergyBasis.ts'

const finite = z.number()

const responseSchema = z.strictObject({
  calciumHuPerMgPerCm3: finite,
  softHuPerUnit: finite,
  offsetHu: finite,
  /** [var(calcium), cov(calcium, offset), var(offset)]. */
  covariance: z.tuple([z.number().nonnegative(), finite, z.number().nonnegative()]),
})

const rodSchema = z.strictObject({
  densityMgPerCm3: z.number().min(-200).max(1500),
  lowHu: finite,
  highHu: finite,
  lowStandardErrorHu: z.number().nonnegative(),
  highStandardErrorHu: z.number().nonnegative(),
})

/** A dual-energy basis as its file states it: the 2×2 basis itself, or the hydroxyapatite rods it follows from. */
export const dualEnergyFileSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    citation: z.string().trim().min(1),
    /** The pair it holds for: two tube voltages, or two energies of monoenergetic images. */
    pair: z
      .strictObject({ unit: z.enum(['kVp', 'keV']), low: z.number().positive(), high: z.number().positive() })
      .refine(({ low, high }) => low < high, { path: ['high'], message: 'must be above low' }),
    basis: z.strictObject({ low: responseSchema, high: responseSchema }).nullable().default(null),
    rods: z.array(rodSchema).min(2).max(12).nullable().default(null),
  })
  .refine(({ basis, rods }) => (basis === null) !== (rods === null), {
    path: ['basis'],
    message: 'give the basis or the rods, one of both',
  })

/** A dual-energy basis as its file states it. */
export type DualEnergyFile = z.infer<typeof dualEnergyFileSchema>

/**
 * Reads a file with a dual-energy basis.
 * @throws {QctError} `DUAL_ENERGY_FILE_INVALID` naming the path of the first fault
 */
export const parseDualEnergyFile = (json: unknown): DualEnergyFile =>
  parseCalibrationFile('DUAL_ENERGY_FILE_INVALID', dualEnergyFileSchema, json)

const responseOf = (stated: z.infer<typeof responseSchema>) => ({
  calcium: stated.calciumHuPerMgPerCm3,
  soft: stated.softHuPerUnit,
  offset: hu(stated.offsetHu),
  covariance: stated.covariance,
})

/**
 * The basis that a file states or that follows from its rods.
 * @throws {QctError} `DUAL_ENERGY_RODS_INVALID`, `DUAL_ENERGY_BASIS_ALIKE`, `DUAL_ENERGY_INPUT_INVALID`
 */
export function basisOfFile({ basis, rods, citation }: DualEnergyFile): FittedBasis {
  if (basis === null)
    return basisFromRods(
      (rods ?? []).map((rod) => ({
        density: mgPerCm3(rod.densityMgPerCm3),
        lowHu: hu(rod.lowHu),
        highHu: hu(rod.highHu),
        lowStandardErrorHu: hu(rod.lowStandardErrorHu),
        highStandardErrorHu: hu(rod.highStandardErrorHu),
      })),
      citation,
    )
  const stated = {
    origin: 'user' as const,
    low: responseOf(basis.low),
    high: responseOf(basis.high),
    citation,
  }
  checkBasis(stated)
  return { basis: stated, residualSdHu: { low: null, high: null }, warnings: [] }
}
