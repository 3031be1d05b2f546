import { z } from 'zod'
import { DENSITY_ROUTES } from '../../core/calibration/calibrationRoute.ts'

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
/** The ways in which CT numbers become densities. */
export const densityRouteSchema = z.enum(DENSITY_ROUTES)
/** The same and the screening attenuation, which gives no density. */
export const routeSchema = z.enum([...DENSITY_ROUTES, 'hu-only'])
/** By what a result was calibrated. */
export const methodSchema = z.enum([...DENSITY_ROUTES, 'none'])
/**
 * `auto`: in-scan when rods are found, else a stored calibration that matches, else none; `all`: every route that scan
 * and inputs allow.
 */
export const requestedCalibrationSchema = z.enum([
  'auto',
  'in-scan',
  'asynchronous',
  'tissue',
  'dual-energy',
  'hu-only',
  'none',
  'all',
])

/** A doubt as the record keeps it. */
export type RecordWarning = z.infer<typeof warningSchema>
/** A failure as the record keeps it. */
export type RecordRefusal = z.infer<typeof refusalSchema>
/** Which calibration was asked for. */
export type RequestedCalibration = z.infer<typeof requestedCalibrationSchema>
/** A way to a density, or the screening attenuation. */
export type RecordRoute = z.infer<typeof routeSchema>
