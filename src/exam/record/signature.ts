import { z } from 'zod'

/** One signing of a report, or of an addendum to it. Signatures are appended; none is ever changed or taken away. */
export const signatureSchema = z.object({
  kind: z.enum(['report', 'addendum']),
  /** As typed. Nobody checked who typed it. */
  name: z.string().trim().min(1).max(200),
  role: z.string().trim().min(1).max(200),
  /** UTC, ISO 8601. */
  signedAt: z.iso.datetime(),
  /** Schema version of the record that was signed: its hash is of that version's form. */
  schemaVersion: z.number().int().min(2),
  authentication: z.literal('not authenticated'),
  /** What an addendum says; null for the report itself. */
  text: z.string().trim().min(1).max(10_000).nullable(),
  /**
   * SHA-256 of the canonical JSON of the record with all earlier signatures and this one but for its hash, in
   * lower-case hexadecimal.
   */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Which version of an exam's result a record is, and which signed one it replaces. */
export const revisionSchema = z.object({
  number: z.number().int().min(1),
  /** Hash of the last signature of the version before; null for the first. */
  supersedesSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** What differs from the version before, in words; empty for the first. */
  changes: z.array(z.string()),
})

/** One signing of a report, or of an addendum to it. */
export type Signature = z.infer<typeof signatureSchema>
/** Which version of an exam's result a record is. */
export type Revision = z.infer<typeof revisionSchema>

/** The first version of an exam's result. */
export const FIRST_REVISION: Revision = { number: 1, supersedesSha256: null, changes: [] }
