import { z } from 'zod'
import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import { type Kvp, type MgPerCm3, mgPerCm3 } from '../units.ts'
import { parseCalibrationFile } from './parseCalibrationFile.ts'

/** A user's conversion between the scales of two phantom models at one tube voltage. */
export const mineralConversionSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    fromPhantom: z.string().min(1),
    toPhantom: z.string().min(1),
    kvp: z.number().min(40).max(200),
    /** mg/cm³ of the second scale per mg/cm³ of the first. */
    slope: z.number().min(0.5).max(2),
    interceptMgPerCm3: z.number().min(-100).max(100),
    source: z.string().min(1),
  })
  .refine(({ fromPhantom, toPhantom }) => fromPhantom !== toPhantom, {
    path: ['toPhantom'],
    message: 'a conversion is between two phantom models',
  })

/** A user's conversion between the scales of two phantom models at one tube voltage. */
export type MineralConversion = z.infer<typeof mineralConversionSchema>

/**
 * Reads the JSON of a conversion. None is built in: published factors disagree even in direction between phantom models.
 * @throws {QctError} `MINERAL_CONVERSION_INVALID` naming the path of the first fault.
 * @see docs/methods/in-scan-calibration.md
 */
export const parseMineralConversion = (json: unknown): MineralConversion =>
  parseCalibrationFile('MINERAL_CONVERSION_INVALID', mineralConversionSchema, json)

/**
 * A density on the scale of the conversion's second phantom, mg/cm³, and the doubt that must be printed with it.
 *
 * @param measured - What the density was measured with.
 * @throws {QctError} `MINERAL_CONVERSION_OTHER` for any other phantom model or tube voltage.
 */
export function convertMineral(
  conversion: MineralConversion,
  measured: { readonly density: MgPerCm3; readonly phantom: string; readonly kvp: Kvp },
): { readonly density: MgPerCm3; readonly warnings: readonly QctWarning[] } {
  const { fromPhantom, toPhantom, kvp, slope, interceptMgPerCm3, source } = conversion
  const other = (fact: 'phantom' | 'kvp', found: string, needed: string) =>
    new QctError('MINERAL_CONVERSION_OTHER', { fact, found, needed })
  if (measured.phantom !== fromPhantom) throw other('phantom', measured.phantom, fromPhantom)
  if (measured.kvp !== kvp) throw other('kvp', String(measured.kvp), String(kvp))
  return {
    density: mgPerCm3(slope * measured.density + interceptMgPerCm3),
    warnings: [
      qctWarning('MINERAL_CONVERTED', {
        from: fromPhantom,
        to: toPhantom,
        kvp,
        slope,
        intercept: interceptMgPerCm3,
        source,
      }),
    ],
  }
}
