import { z } from 'zod'
import { TISSUES } from './tissues.ts'

/** Where densities of tissues were learned: one scanner, one phantom, some days. It holds nothing of a patient. */
export const learnedFromSchema = z.strictObject({
  deviceSerial: z.string().trim().min(1),
  model: z.string().trim().min(1),
  /** Model id of the phantom. */
  phantom: z.string().trim().min(1),
  /** Days of the first and of the last scan. */
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
  /** By how much each scan differed from the mean of its tissue, in the order the scans were given. */
  residualsMgPerCm3: z.partialRecord(z.enum(TISSUES), z.array(z.number())),
})

/** Where densities of tissues were learned. */
export type LearnedFrom = z.infer<typeof learnedFromSchema>
