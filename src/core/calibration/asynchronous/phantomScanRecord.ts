import { z } from 'zod'

const text = z.string().trim().min(1)
const finite = z.number()

/** A doubt as it is kept: its code and its words of that day. */
export const keptWarningSchema = z.strictObject({ code: text, message: text })

/** Which images a phantom scan is. */
export const phantomScanSchema = z.strictObject({
  seriesInstanceUid: text,
  slices: z.int().positive(),
  /** The slices that were measured: LPS z of the lowest and the highest. */
  zRangeMm: z.tuple([finite, finite]),
  /** SHA-256 of the identities and places of its images: the same scan is known again by it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** The program that analysed a scan. */
export const softwareSchema = z.strictObject({ name: text, version: text })

/** A doubt as it is kept. */
export type KeptWarning = z.infer<typeof keptWarningSchema>
/** Which images a phantom scan is. */
export type PhantomScanRecord = z.infer<typeof phantomScanSchema>
