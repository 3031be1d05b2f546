import { z } from 'zod'
import { userPhantomsSchema } from '../../core/calibration/userPhantoms.ts'
import {
  asynchronousInputsSchema,
  dualEnergyInputsSchema,
  tissueInputsSchema,
  tissueRegionSchema,
} from './calibrationInputs.ts'
import { doseDecisionsSchema } from './dose.ts'
import { patientSheetSchema } from './patientSheet.ts'
import { levelSchema, methodSchema, requestedCalibrationSchema, tripleSchema } from './scalars.ts'

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
  /** `given`: a VOI of the ROI file, taken as it is; `edited`: placed by the program, then moved by a reader. */
  placement: z.enum(['given', 'from seed', 'automatic', 'edited']),
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

/** One tissue region: where it is and who said so. */
export const tissueRegionDecisionSchema = tissueRegionSchema.extend({
  source: z.enum(['roi file', 'automatic']),
})

/**
 * Why a calibration was used. `asked for`; `only one`: no other route calibrates; `order of trust`: the first of those
 * that do; `none calibrates`: no route that was tried does.
 */
export const calibrationWhySchema = z.enum(['asked for', 'only one', 'order of trust', 'none calibrates'])

/** A vertebra that a reader leaves out of the measurement, and why. */
export const exclusionSchema = z.object({
  level: levelSchema,
  reason: z.enum(['fracture', 'surgery', 'degeneration', 'lesion', 'artefact', 'other']),
  note: z.string().max(500).nullable(),
})

/** What the reader writes into the report; null where nothing is written. */
export const readerTextSchema = z.object({
  /** What the reader saw: fractures, incidental findings. */
  findings: z.string().max(10_000).nullable(),
  comparison: z.string().max(10_000).nullable(),
  impression: z.string().max(10_000).nullable(),
  /** Recommendations, and when to examine again. */
  recommendation: z.string().max(10_000).nullable(),
})

/** What a reader may confirm: that the vertebrae are named right, and that the images were read for fractures. */
export const confirmationSchema = z.enum(['levelNaming', 'readForFractures'])

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
    used: methodSchema,
    why: calibrationWhySchema,
    phantomRequested: z.string().nullable(),
    phantomUsed: z.string().nullable(),
    /** What was given for the routes beyond the phantom in the scan; null where nothing was. */
    asynchronous: asynchronousInputsSchema.nullable(),
    tissue: tissueInputsSchema.nullable(),
    dualEnergy: dualEnergyInputsSchema.nullable(),
    /** Phantom models and certificates of the user; null where there are none. */
    userPhantoms: userPhantomsSchema.nullable(),
  }),
  levels: z.array(levelSchema),
  rois: z.array(roiDecisionSchema),
  rods: z.array(rodDecisionSchema),
  /** Where tissues are measured; those a person gave also where another route was asked for. */
  tissueRegions: z.array(tissueRegionDecisionSchema),
  exclusions: z.array(exclusionSchema),
  /** What a person typed of the patient; what holds, and by whom, stands in the inputs. */
  patient: patientSheetSchema,
  readerText: readerTextSchema,
  confirmations: z.array(confirmationSchema),
  /** Areas and phantoms a person stated, and dose objects a person accepted. */
  dose: doseDecisionsSchema,
})

/** What was chosen, by the program or the caller. */
export type ExamDecisions = z.infer<typeof decisionsSchema>
/** One vertebra's region. */
export type RoiDecision = z.infer<typeof roiDecisionSchema>
/** A vertebra that a reader leaves out, and why. */
export type Exclusion = z.infer<typeof exclusionSchema>
/** What the reader writes into the report. */
export type ReaderText = z.infer<typeof readerTextSchema>
/** What a reader may confirm. */
export type Confirmation = z.infer<typeof confirmationSchema>

/** A reader who has written nothing yet. */
export const NO_READER_TEXT: ReaderText = {
  findings: null,
  comparison: null,
  impression: null,
  recommendation: null,
}
/** One tissue region: where it is and who said so. */
export type TissueRegionDecision = z.infer<typeof tissueRegionDecisionSchema>
/** One phantom rod. */
export type RodDecision = z.infer<typeof rodDecisionSchema>
