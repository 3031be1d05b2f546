import { z } from 'zod'
import { levelSchema, requestedCalibrationSchema, tripleSchema } from './scalars.ts'

/** An elliptical-cylinder VOI as placed or as given, in LPS mm. */
export const voiSchema = z.object({
  centerLps: tripleSchema,
  normalLps: tripleSchema,
  lateralLps: tripleSchema,
  radiiMm: z.tuple([z.number(), z.number()]),
  heightMm: z.number(),
})

/** One vertebra's region: where its seed came from and the VOI that was measured. */
export const roiDecisionSchema = z.object({
  level: levelSchema,
  /** `given`: a VOI with radii was in the ROI file and was taken as it is. */
  placement: z.enum(['given', 'from seed', 'automatic']),
  seedLps: tripleSchema.nullable(),
  /** Null when no VOI could be placed. */
  voi: voiSchema.nullable(),
})

/** One phantom rod: where it is and who said so. */
export const rodDecisionSchema = z.object({
  label: z.string(),
  centerLps: tripleSchema,
  radiusMm: z.number(),
  source: z.enum(['roi file', 'automatic']),
})

/** What was chosen, by the program or the caller. The only part of a record that a reader edits. */
export const decisionsSchema = z.object({
  series: z
    .object({
      id: z.string(),
      chosenBy: z.enum(['program', 'caller']),
      reasons: z.array(z.string()),
      otherSeries: z.array(
        z.object({ id: z.string(), seriesDescription: z.string(), reasons: z.array(z.string()) }),
      ),
    })
    .nullable(),
  calibration: z.object({
    requested: requestedCalibrationSchema,
    used: z.enum(['in-scan', 'none']),
    phantomRequested: z.string().nullable(),
    phantomUsed: z.string().nullable(),
  }),
  levels: z.array(levelSchema),
  rois: z.array(roiDecisionSchema),
  rods: z.array(rodDecisionSchema),
})

/** What was chosen, by the program or the caller. */
export type ExamDecisions = z.infer<typeof decisionsSchema>
/** One vertebra's region. */
export type RoiDecision = z.infer<typeof roiDecisionSchema>
/** One phantom rod. */
export type RodDecision = z.infer<typeof rodDecisionSchema>
