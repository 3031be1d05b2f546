import { z } from 'zod'

/** Where a fact of the patient comes from: the image files, or a person who typed it. */
export const factSourceSchema = z.enum(['DICOM', 'typed'])

/** The study as its files name it. */
export const studySchema = z.object({
  studyInstanceUid: z.string().nullable(),
  /** ISO date. */
  studyDate: z.string().nullable(),
  /** `hh:mm:ss` in the scanner's own time zone. */
  studyTime: z.string().nullable(),
  studyDescription: z.string().nullable(),
  accessionNumber: z.string().nullable(),
  institutionName: z.string().nullable(),
  referringPhysicianName: z.string().nullable(),
  /** Files of the drop that are no CT image. They belong to the drop, not to this study alone. */
  setAside: z.array(z.object({ path: z.string(), reason: z.string(), code: z.string().nullable() })),
})

/** What is known of the patient, and who said so. */
export const patientSchema = z.object({
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  birthDate: z.string().nullable(),
  sex: z.enum(['F', 'M', 'O']).nullable(),
  /** Age at the study date in years; from the birth date where that is known. */
  ageYears: z.number().nullable(),
  heightCm: z.number().nullable(),
  weightKg: z.number().nullable(),
  menopausalStatus: z.enum(['pre', 'peri', 'post']).nullable(),
  indication: z.string().nullable(),
  priorFracture: z.string().nullable(),
  treatment: z.string().nullable(),
  /** For each fact that is known: who said so. */
  sources: z.record(z.string(), factSourceSchema),
})

/** How the measured series was acquired and reconstructed. Null: the files do not say. */
export const acquisitionSchema = z.object({
  format: z.enum(['DICOM', 'NIfTI']),
  seriesInstanceUid: z.string().nullable(),
  seriesDescription: z.string().nullable(),
  seriesNumber: z.number().nullable(),
  frameOfReferenceUid: z.string().nullable(),
  manufacturer: z.string().nullable(),
  manufacturerModelName: z.string().nullable(),
  deviceSerialNumber: z.string().nullable(),
  stationName: z.string().nullable(),
  acquisitionDate: z.string().nullable(),
  patientPosition: z.string().nullable(),
  kvp: z.number().nullable(),
  exposureMas: z.number().nullable(),
  convolutionKernel: z.string().nullable(),
  contrastBolusAgent: z.string().nullable(),
  sliceThicknessMm: z.number().nullable(),
  reconstructionDiameterMm: z.number().nullable(),
  tableHeightMm: z.number().nullable(),
  gantryDetectorTiltDeg: z.number().nullable(),
  columns: z.number().int(),
  rows: z.number().int(),
  slices: z.number().int(),
  columnSpacingMm: z.number(),
  rowSpacingMm: z.number(),
  sliceSpacingMm: z.number(),
})

/** What went in. */
export const inputsSchema = z.object({
  study: studySchema,
  patient: patientSchema,
  /** Null when the exam was refused before a series became a volume. */
  acquisition: acquisitionSchema.nullable(),
  software: z.object({
    name: z.string(),
    version: z.string(),
    /** Version of every method that made a number, by method name. */
    methods: z.record(z.string(), z.string()),
  }),
  /** SHA-256 of the study's images and the options, by which a second run knows that nothing changed. */
  digest: z.string().nullable(),
})

/** What went in. */
export type ExamInputs = z.infer<typeof inputsSchema>
/** What is known of the patient, and who said so. */
export type ExamPatient = z.infer<typeof patientSchema>
/** How the measured series was acquired and reconstructed. */
export type ExamAcquisition = z.infer<typeof acquisitionSchema>
