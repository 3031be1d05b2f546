import { z } from 'zod'
import { examRecordSchema } from '../exam/record/examRecord.ts'

/** The name of an exam in the registry: a UUID that the client draws, so that a repeated first save meets itself. */
export const examIdSchema = z.uuid()
/** SHA-256 of a record's canonical JSON, in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/** Versions of an exam count from 1, without gaps. */
const versionSchema = z.number().int().min(1)

/** One saved version, without its record. */
export const examVersionSchema = z.object({
  examId: examIdSchema,
  version: versionSchema,
  /** ISO instant by the server's clock. */
  savedAt: z.iso.datetime(),
  sha256: sha256Schema,
  /** The schema version under which this version was saved. */
  schemaVersion: z.number().int(),
})

/** What a work list shows of an exam: its newest version and the facts by which a person knows it. */
export const examSummarySchema = examVersionSchema.extend({
  /** ISO instant of the first version. */
  createdAt: z.iso.datetime(),
  status: z.enum(['done', 'refused']),
  signed: z.boolean(),
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  studyInstanceUid: z.string().nullable(),
  studyDate: z.string().nullable(),
})

/** One saved version with its record, brought to the current schema version where it is older. */
export const savedExamSchema = examVersionSchema.extend({ record: examRecordSchema })

/** Which part of the work list is asked for; newest saves come first. */
export const examListQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  /** Only exams of this study. */
  studyInstanceUid: z.string().max(64).optional(),
})

/** A part of the work list and how many exams there are in all. */
export const examListSchema = z.object({
  exams: z.array(examSummarySchema),
  total: z.number().int(),
})

/** A new version of an exam. */
export const saveExamSchema = z.object({
  /** The version this one was made from; 0 for a new exam. Refused when another was saved meanwhile. */
  basedOnVersion: z.number().int().min(0),
  /** SHA-256 of the record's canonical JSON: what was changed or lost on its way is refused, not kept. */
  sha256: sha256Schema,
  record: examRecordSchema,
})

/** The path of one exam. */
export const examPathSchema = z.object({ examId: examIdSchema })
/** The path of one version of an exam. */
export const examVersionPathSchema = z.object({
  examId: examIdSchema,
  version: z.coerce.number().int().min(1),
})

/** One saved version, without its record. */
export type ExamVersion = z.infer<typeof examVersionSchema>
/** A part of the work list. */
export type ExamList = z.infer<typeof examListSchema>
/** What a work list shows of an exam. */
export type ExamSummary = z.infer<typeof examSummarySchema>
/** One saved version with its record. */
export type SavedExam = z.infer<typeof savedExamSchema>
/** A new version of an exam. */
export type SaveExam = z.infer<typeof saveExamSchema>
