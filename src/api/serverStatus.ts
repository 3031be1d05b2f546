import { z } from 'zod'

/** What the server is, for the viewer's banner and for a person who looks after it. No patient data. */
export const serverStatusSchema = z.object({
  product: z.string(),
  version: z.string(),
  /** The schema version of the records this server writes; a viewer of another one has to be reloaded. */
  recordSchemaVersion: z.number().int(),
  registry: z.object({
    engine: z.enum(['PGlite', 'PostgreSQL']),
    /** Major version of the engine. */
    engineMajor: z.number().int(),
    exams: z.number().int(),
  }),
})

/** What the server is. */
export type ServerStatus = z.infer<typeof serverStatusSchema>
