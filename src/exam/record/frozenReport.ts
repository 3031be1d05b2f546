import { z } from 'zod'
import type { ReportDocument, ReportRule } from '../../core/report/reportDocument.ts'

const ruleSchema = z.custom<ReportRule>((value) => typeof value === 'string' && value.includes(' '), {
  message: 'no rule',
})
const statementSchema = z.object({
  text: z.string(),
  rule: ruleSchema,
  author: z.literal('reader').optional(),
})
const fieldSchema = z.object({
  name: z.string(),
  value: z.string(),
  rule: ruleSchema,
  isWide: z.boolean().optional(),
})
const figureSchema = z.object({
  name: z.string(),
  caption: z.string(),
  alt: z.string(),
  rule: ruleSchema,
})
const tableSchema = z.object({
  caption: z.string().optional(),
  columns: z.array(z.object({ title: z.string(), unit: z.string(), align: z.enum(['left', 'right']) })),
  rows: z.array(z.array(z.string())),
  rule: ruleSchema,
})
const sectionSchema = z.object({
  id: z.enum([
    'indication',
    'technique',
    'findings',
    'routes',
    'screening',
    'comparison',
    'limitations',
    'impression',
    'dose',
    'signature',
  ]),
  heading: z.string(),
  lead: statementSchema.optional(),
  statements: z.array(statementSchema),
  table: tableSchema.optional(),
  figures: z.array(figureSchema).optional(),
})

const documentSchema = z.object({
  title: z.string(),
  product: z.string(),
  identity: z.string(),
  header: z.array(fieldSchema),
  sections: z.array(sectionSchema),
  footer: z.array(statementSchema),
})

/** The report and its pictures as they were signed, so that a newer program prints them unchanged. */
export const frozenReportSchema = z.object({
  document: documentSchema,
  /** SHA-256 of each picture's file. */
  pictures: z.array(z.object({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})

/** The report and its pictures as they were signed. */
export type FrozenReport = z.infer<typeof frozenReportSchema>

/** What is frozen is a whole report: a field of the document that this schema lacks does not compile. */
type Missing = Exclude<keyof ReportDocument, keyof FrozenReport['document']>
const nothingMissing: [Missing] extends [never] ? true : never = true
void nothingMissing
