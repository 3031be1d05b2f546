import { z } from 'zod'
import {
  densityRouteSchema,
  levelSchema,
  mineralSchema,
  refusalSchema,
  routeSchema,
  warningSchema,
} from './scalars.ts'

/** What became of one route that was asked for or that the inputs allow. */
export const routeResultSchema = z.object({
  route: routeSchema,
  /** `refused`: tried, and a guard said no; `not possible`: the scan or the inputs lack what it needs. */
  status: z.enum(['done', 'refused', 'not possible']),
  refusal: refusalSchema.nullable(),
  warnings: z.array(warningSchema),
  /** Why the route was or was not taken, in words: every difference from a stored calibration, for example. */
  reasons: z.array(z.string()),
})

/** What one route made of one level. */
export const levelByCalibrationSchema = z.object({
  route: densityRouteSchema,
  /** Id of the entry of `calibrations`; null when the route failed at this level. */
  calibration: z.string().nullable(),
  mineral: mineralSchema.nullable(),
  vbmdMgPerCm3: z.number().nullable(),
  /** Half-width of the 95 % interval. */
  uncertaintyMgPerCm3: z.number().nullable(),
  /** Standard uncertainties by name; null where nothing is known of one. */
  parts: z.object({
    noiseMgPerCm3: z.number().nullable(),
    /** Of the fit: rods, tissues, stored line or basis together. */
    calibrationMgPerCm3: z.number().nullable(),
    /** The parts of `calibration` for a phantom in the scan; a certificate that states no doubt leaves its own null. */
    certificateMgPerCm3: z.number().nullable(),
    rodNoiseMgPerCm3: z.number().nullable(),
    rodPlacementMgPerCm3: z.number().nullable(),
    fitMgPerCm3: z.number().nullable(),
    driftMgPerCm3: z.number().nullable(),
  }),
  refusal: refusalSchema.nullable(),
  warnings: z.array(warningSchema),
})

/** The screening attenuation of L1, which is no density and gives no category, or why it is not stated. */
export const screeningResultSchema = z.object({
  attenuationHu: z.number().nullable(),
  standardErrorHu: z.number().nullable(),
  comparisons: z.array(
    z.object({
      cutHu: z.number(),
      finding: z.enum(['sensitivity90', 'specificity90', 'risk', 'negativePredictive']),
      side: z.enum(['at or below', 'below', 'above']),
      citation: z.string(),
      /** Whether the value lies on the side for which the source states its finding. */
      met: z.boolean(),
      /** Whether the whole 95 % interval lies on the same side. */
      certain: z.boolean(),
    }),
  ),
  warnings: z.array(warningSchema),
  refusal: refusalSchema.nullable(),
})

/** Two routes at one level that differ by more than their doubt, or whose scales must not be compared. */
export const disagreementSchema = z.object({
  level: levelSchema,
  routes: z.tuple([densityRouteSchema, densityRouteSchema]),
  kind: z.enum(['differ', 'other mineral scale']),
  /** Second route less first; null on another mineral scale. */
  differenceMgPerCm3: z.number().nullable(),
  /** Half-width of the 95 % interval of the difference. */
  jointMgPerCm3: z.number().nullable(),
  /** Cut points of the category that lie between the two values, mg/cm³. */
  crossedCuts: z.array(z.number()),
})

/** What became of one route. */
export type RouteResult = z.infer<typeof routeResultSchema>
/** What one route made of one level. */
export type LevelByCalibration = z.infer<typeof levelByCalibrationSchema>
/** The screening attenuation of L1. */
export type ScreeningResult = z.infer<typeof screeningResultSchema>
/** Two routes at one level that differ. */
export type Disagreement = z.infer<typeof disagreementSchema>
