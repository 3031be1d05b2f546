import { z } from 'zod'

/** What every refused request is answered with. Words are the phrase of the code; neither holds patient data. */
export const apiErrorSchema = z
  .object({
    /** Stable name of the failure, as in `core/errors`. */
    code: z.string(),
    message: z.string(),
    /** The facts of the failure, for example `currentVersion` of an `EXAM_VERSION_CONFLICT`. */
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ description: 'Why a request was refused.' })

/** What every refused request is answered with. */
export type ApiError = z.infer<typeof apiErrorSchema>
