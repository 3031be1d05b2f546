import { z } from 'zod'

/** Three finite numbers: a point in LPS mm, or a direction in LPS. */
export const tripleSchema = z.tuple([z.number(), z.number(), z.number()])
/** A vertebral level by its name. */
export const levelSchema = z.enum(['T12', 'L1', 'L2', 'L3', 'L4', 'L5'])
/** A doubt as the record keeps it. */
export const warningSchema = z.object({ code: z.string(), message: z.string() })
/** A failure as the record keeps it. */
export const refusalSchema = z.object({ code: z.string(), message: z.string() })
/** The mineral on whose scale a density is stated. */
export const mineralSchema = z.enum(['K2HPO4', 'HA', 'CaCO3'])
/** `auto`: in-scan when rods are found, else none. */
export const requestedCalibrationSchema = z.enum(['auto', 'in-scan', 'none'])

/** A doubt as the record keeps it. */
export type RecordWarning = z.infer<typeof warningSchema>
/** A failure as the record keeps it. */
export type RecordRefusal = z.infer<typeof refusalSchema>
