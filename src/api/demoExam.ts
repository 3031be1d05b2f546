import { z } from 'zod'

/** The viewer opened with this query parameter (`/?demo`) opens the demo exam. The server prints that URL. */
export const DEMO_QUERY = 'demo'

/** The demo exam on the server: absent until asked for, then made, then listed file by file. */
export const demoExamSchema = z.object({
  state: z.enum(['absent', 'making', 'ready', 'failed']),
  /** How much of it is made, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** Why making it failed; null otherwise. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Empty unless ready. A file's path is as in a drop of the exam's folder; its URL is on this server. */
  files: z.array(z.object({ path: z.string(), url: z.string(), sizeBytes: z.number().int() })),
})

/** The demo exam on the server. */
export type DemoExam = z.infer<typeof demoExamSchema>
