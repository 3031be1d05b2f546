import { z } from 'zod'
import { QctError, type QctWarning, qctWarning } from '../../core/errors.ts'
import { tissueRegionSchema } from './calibrationInputs.ts'
import { firstIssue } from './issue.ts'
import { levelSchema, tripleSchema } from './scalars.ts'
import { unknownKeys } from './unknownKeys.ts'

/** A seed inside a vertebral body; with `radiiMm` a VOI that is taken as it is. */
const spineEntrySchema = z
  .object({
    level: levelSchema,
    centerLps: tripleSchema,
    radiiMm: z.tuple([z.number().positive(), z.number().positive()]).optional(),
    heightMm: z.number().positive().optional(),
    lateralLps: tripleSchema.optional(),
    normalLps: tripleSchema.optional(),
  })
  .refine(
    (entry) =>
      entry.radiiMm !== undefined || (entry.lateralLps ?? entry.normalLps ?? entry.heightMm) === undefined,
    {
      path: ['radiiMm'],
      message: 'needed with lateralLps, normalLps or heightMm',
    },
  )

/** Directions further from square than this (cosine, about 1°) are a slip, not rounding. */
const SQUARE_COSINE = 0.02

/** What is wrong with the directions of a VOI, if anything. */
function directionFault({
  lateralLps,
  normalLps = [0, 0, 1],
}: z.infer<typeof spineEntrySchema>): string | null {
  const [normal, lateral] = [Math.hypot(...normalLps), Math.hypot(...(lateralLps ?? [1, 0, 0]))]
  if (!(normal > 1e-6) || !(lateral > 1e-6)) return 'a direction has no length'
  if (lateralLps === undefined) return null
  const dot = normalLps[0] * lateralLps[0] + normalLps[1] * lateralLps[1] + normalLps[2] * lateralLps[2]
  return Math.abs(dot) > SQUARE_COSINE * normal * lateral
    ? 'lateralLps is not at right angles to normalLps'
    : null
}

const rodEntrySchema = z.object({
  label: z.string().min(1),
  centerLps: tripleSchema,
  radiusMm: z.number().positive(),
})

const roiFileSchema = z.object({
  schemaVersion: z.literal(1),
  spine: z
    .array(spineEntrySchema)
    .superRefine((entries, context) => {
      for (const [index, entry] of entries.entries()) {
        const fault = directionFault(entry)
        if (fault !== null) context.addIssue({ code: 'custom', path: [index], message: fault })
        if (entries.findIndex(({ level }) => level === entry.level) !== index)
          context.addIssue({ code: 'custom', path: [index, 'level'], message: 'a level is named twice' })
      }
    })
    .default([]),
  rods: z
    .array(rodEntrySchema)
    .refine((rods) => new Set(rods.map((rod) => rod.label)).size === rods.length, {
      message: 'a rod label is used twice',
    })
    .default([]),
  /** Cylinders in which tissues are measured; several of one tissue are measured together. */
  tissues: z.array(tissueRegionSchema).optional(),
})

/** Seeds, fixed VOIs and rods in LPS mm, as a person or another program gives them. */
export type RoiFile = z.infer<typeof roiFileSchema>
/** One entry of a ROI file's `spine`. */
export type SpineEntry = RoiFile['spine'][number]

/**
 * Reads the JSON of a ROI file.
 * @throws {QctError} `ROI_FILE_INVALID` naming the path of the first fault.
 */
export function parseRoiFile(json: unknown): { readonly roiFile: RoiFile; readonly warnings: QctWarning[] } {
  const parsed = roiFileSchema.safeParse(json)
  if (!parsed.success) throw new QctError('ROI_FILE_INVALID', firstIssue(parsed.error).details)
  const keys = unknownKeys(json, parsed.data)
  return {
    roiFile: parsed.data,
    warnings: keys.length === 0 ? [] : [qctWarning('INPUT_KEY_UNKNOWN', { file: 'ROI', keys })],
  }
}
