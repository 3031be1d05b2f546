import { z } from 'zod'
import { AREA_SOURCES, BODY_REGIONS } from '../../core/dose/anatomicArea.ts'
import { ACQUISITION_TYPES } from '../../core/dose/irradiationEvent.ts'
import { warningSchema } from './scalars.ts'

/** A part of the body as dose reporting names it. @see UC-DOSE recommendations (2012), 2.B.2.a */
const bodyRegionSchema = z.enum(BODY_REGIONS)
const phantomSchema = z.union([z.literal(16), z.literal(32)])

/** What a person decides about the dose of an exam. Keys of the maps are irradiation event UIDs. */
export const doseDecisionsSchema = z.object({
  /** Anatomic areas a person confirmed or corrected. */
  areas: z.record(z.string(), z.array(bodyRegionSchema).min(1)),
  /** Phantom size a person stated where the dose object is silent. */
  phantoms: z.record(z.string(), phantomSchema),
  /** SOP Instance UIDs of dose objects a person accepted although patient or study differ or are not proven. */
  acceptedObjects: z.array(z.string()),
})

/** One irradiation event as the report's table shows it. */
export const doseEventSchema = z.object({
  /** Running number among the events that are no localizer; null for a localizer. */
  exposureEvent: z.number().int().positive().nullable(),
  /** Empty when the dose object gives none. */
  eventUid: z.string(),
  /** Number of the scan or series as the scanner counts it; null when neither dose object nor images say. */
  series: z.string().nullable(),
  protocol: z.string().nullable(),
  acquisitionType: z.enum(ACQUISITION_TYPES).nullable(),
  anatomicArea: z.array(bodyRegionSchema).nullable(),
  /** Who says so: a person, or what the program inferred it from. */
  areaSource: z.enum(['person', ...AREA_SOURCES]).nullable(),
  phantomCm: phantomSchema.nullable(),
  phantomSource: z.enum(['dose object', 'person']).nullable(),
  ctdiVolMgy: z.number().nullable(),
  /** The characters the source wrote; these are printed. */
  ctdiVolDigits: z.string().nullable(),
  dlpMgyCm: z.number().nullable(),
  dlpDigits: z.string().nullable(),
  /** Code value of DICOM CID 10021: 113856 the scanner itself, 113866 image headers, 113868 a sheet; null: not stated. */
  source: z.string().nullable(),
  /** `to confirm`: a doubt about its numbers stands beside it. */
  verdict: z.enum(['accepted', 'to confirm']),
  doubts: z.array(warningSchema),
})

/** One dose object found for the exam, and whether it speaks for it. */
export const doseObjectSchema = z.object({
  path: z.string(),
  sopInstanceUid: z.string(),
  kind: z.enum(['dose report']),
  match: z.enum(['matches', 'unproven', 'differs']),
  /** Facts of identity in which it differs from the images. */
  differs: z.array(z.string()),
  isSameStudy: z.boolean(),
  isUsed: z.boolean(),
  isAcceptedByPerson: z.boolean(),
})

/** The dose of the exam as its dose objects state it. No value is ever added to another. */
export const doseResultSchema = z.object({
  objects: z.array(doseObjectSchema),
  /** In the order of irradiation; empty when no dose object could be used. */
  events: z.array(doseEventSchema),
  warnings: z.array(warningSchema),
})

/** What a person decides about the dose of an exam. */
export type DoseDecisions = z.infer<typeof doseDecisionsSchema>
/** One irradiation event as the report's table shows it. */
export type DoseEventResult = z.infer<typeof doseEventSchema>
/** The dose of the exam as its dose objects state it. */
export type DoseResult = z.infer<typeof doseResultSchema>

/** Nobody has decided anything yet. */
export const NO_DOSE_DECISIONS: DoseDecisions = { areas: {}, phantoms: {}, acceptedObjects: [] }
