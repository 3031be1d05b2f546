import { phrase } from '../words/words.ts'
import type { ReportDocument, ReportField, ReportRule, ReportStatement } from './reportDocument.ts'

/** One signing as the report prints it. */
export interface ReportSignature {
  readonly kind: 'report' | 'addendum'
  readonly name: string
  readonly role: string
  /** UTC, ISO 8601. */
  readonly signedAt: string
  readonly text: string | null
  /** Left out where the text itself is part of what is hashed. */
  readonly sha256?: string | undefined
}

/** Which version of an exam's result a report is. */
export interface ReportRevision {
  readonly number: number
  readonly changes: readonly string[]
}

const COMMUNICATION: ReportRule = 'ACR communication II.C signature'

/**
 * A report with its standing: draft or signed, by whom, with its addenda, and which version it is. What was signed is
 * left as it is; all that is added is added around it.
 */
export function signedReport(
  report: ReportDocument,
  signatures: readonly ReportSignature[],
  revision: ReportRevision,
): ReportDocument {
  return {
    ...report,
    identity: `${report.identity} · ${standing(signatures)}`,
    header: [statusField(signatures), ...versionField(revision), ...report.header],
    sections: [
      ...report.sections,
      ...(signatures.length === 0 && revision.changes.length === 0
        ? []
        : [
            {
              id: 'signature' as const,
              heading: phrase('report.signature.heading'),
              statements: [...changes(revision), ...signatures.flatMap(statementsOf)],
            },
          ]),
    ],
  }
}

/** The standing in few words, for the foot of every page. */
function standing([first]: readonly ReportSignature[]): string {
  return first === undefined
    ? phrase('report.status.draft')
    : phrase('report.status.brief', { date: dayOf(first) })
}

function statusField(signatures: readonly ReportSignature[]): ReportField {
  const [first] = signatures
  const addenda = signatures.filter(({ kind }) => kind === 'addendum').length
  const signed =
    first === undefined
      ? phrase('report.status.draft')
      : phrase('report.status.signed', { date: dayOf(first), name: first.name, role: first.role })
  const value = addenda === 0 ? signed : `${signed}; ${phrase('report.status.addenda', { count: addenda })}`
  return { name: phrase('report.field.status'), value, rule: COMMUNICATION, isWide: true }
}

const versionField = ({ number }: ReportRevision): ReportField[] =>
  number === 1
    ? []
    : [
        {
          name: phrase('report.field.version'),
          value: phrase('report.revision.replaces', { number }),
          rule: 'House versions',
          isWide: true,
        },
      ]

const changes = (revision: ReportRevision): ReportStatement[] =>
  revision.changes.length === 0
    ? []
    : [
        {
          text: phrase('report.revision.changes', { changes: revision.changes.join('; ') }),
          rule: 'House versions',
        },
      ]

function statementsOf(signature: ReportSignature): ReportStatement[] {
  const { kind, name, role, text, sha256 } = signature
  const who = { name, role, time: timeOf(signature) }
  return [
    {
      text: phrase(kind === 'report' ? 'report.signature.line' : 'report.signature.addendum', who),
      rule: COMMUNICATION,
    },
    ...(text === null ? [] : [{ text, rule: COMMUNICATION, author: 'reader' as const }]),
    ...(sha256 === undefined
      ? []
      : [{ text: phrase('report.signature.hash', { hash: sha256 }), rule: 'House sign-off' as const }]),
  ]
}

const dayOf = ({ signedAt }: ReportSignature) => signedAt.slice(0, 10)
const timeOf = ({ signedAt }: ReportSignature) => `${signedAt.slice(0, 10)} ${signedAt.slice(11, 16)}`
