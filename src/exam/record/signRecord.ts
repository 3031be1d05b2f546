import { QctError } from '../../core/errors.ts'
import { reportConcerns } from '../../core/report/reportConcerns.ts'
import { signedReport } from '../../core/report/signedReport.ts'
import { spineReport } from '../../core/report/spineReport.ts'
import { phrase } from '../../core/words/words.ts'
import { reportText } from '../render/text.ts'
import { canonicalJson, canonicalSha256 } from './canonicalJson.ts'
import { type ExamRecord, SCHEMA_VERSION } from './examRecord.ts'
import type { FrozenReport } from './frozenReport.ts'
import { firstIssue } from './issue.ts'
import { asVersion2, from2To3 } from './migrations/from2To3.ts'
import { type Signature, signatureSchema } from './signature.ts'

/** Who signs, as typed, and when. Nobody checks it: the signature says so. */
export interface Signer {
  readonly name: string
  readonly role: string
  /** UTC, ISO 8601, from the clock of whoever calls. */
  readonly signedAt: string
}

/** A picture of the report as its file. */
export interface SignedPicture {
  readonly name: string
  readonly png: Uint8Array<ArrayBuffer>
}

/**
 * The record with its report signed: results, text, method versions and hashes of the pictures are frozen, and the
 * signature holds the SHA-256 of all of it.
 *
 * @throws {QctError} `SIGNING_REFUSED` when it is signed already, when name or role is missing, or when the report says
 *   what it must not say.
 */
export async function signRecord(
  record: ExamRecord,
  signer: Signer,
  pictures: readonly SignedPicture[],
): Promise<ExamRecord> {
  if (record.signatures.length > 0) throw refused(phrase('report.signing.already'))
  const document = spineReport(record)
  const blocking = reportConcerns(record, document).find(({ blocksSigning }) => blocksSigning)
  if (blocking !== undefined) throw refused(blocking.text)
  const open = openSignature('report', signer, null)
  const report = {
    text: reportText(signedReport(document, [open], record.revision)),
    frozen: {
      document: structuredClone(document) as FrozenReport['document'],
      pictures: await Promise.all(
        pictures.map(async ({ name, png }) => ({ name, sha256: await sha256Of(png) })),
      ),
    },
  }
  return appended({ ...record, results: { ...record.results, report } }, open)
}

/**
 * A signed record with an addendum: its results stay as they are.
 * @throws {QctError} `SIGNING_REFUSED` when the record is not signed, or name, role or text is missing;
 *   `SIGNATURE_BROKEN` when it was changed after it was signed.
 */
export async function addAddendum(record: ExamRecord, signer: Signer, text: string): Promise<ExamRecord> {
  if (record.signatures.length === 0) throw refused(phrase('report.signing.notYet'))
  await assertSignaturesHold(record)
  return appended(record, openSignature('addendum', signer, text))
}

/** A signature but for its hash. */
type OpenSignature = Omit<Signature, 'sha256'>

function openSignature(
  kind: Signature['kind'],
  { name, role, signedAt }: Signer,
  text: string | null,
): OpenSignature {
  const open = {
    kind,
    name,
    role,
    signedAt,
    schemaVersion: SCHEMA_VERSION,
    authentication: 'not authenticated',
    text,
  }
  const checked = signatureSchema.omit({ sha256: true }).safeParse(open)
  if (!checked.success) throw refused(firstIssue(checked.error).text)
  return checked.data
}

async function appended(record: ExamRecord, open: OpenSignature): Promise<ExamRecord> {
  const sha256 = await hashOf(record, record.signatures, open)
  return { ...record, signatures: [...record.signatures, { ...open, sha256 }] }
}

/**
 * Proves that nothing was changed after it was signed.
 * @throws {QctError} `SIGNATURE_BROKEN` naming the first signature that does not fit.
 */
export async function assertSignaturesHold(record: ExamRecord): Promise<void> {
  for (const [index, { sha256, ...open }] of record.signatures.entries())
    if (sha256 !== (await hashOf(record, record.signatures.slice(0, index), open)))
      throw new QctError('SIGNATURE_BROKEN', { number: index + 1 })
}

/**
 * Of some pictures those that were signed, byte for byte; of a draft all of them. A picture that a newer program draws
 * otherwise must not stand in a signed report.
 */
export async function signedPictures(
  { results }: ExamRecord,
  pictures: readonly SignedPicture[],
): Promise<SignedPicture[]> {
  const signed = results.report.frozen?.pictures
  if (signed === undefined) return [...pictures]
  const hashes = await Promise.all(pictures.map(({ png }) => sha256Of(png)))
  return pictures.filter(({ name }, index) =>
    signed.some((picture) => picture.name === name && picture.sha256 === hashes[index]),
  )
}

/**
 * A signature made in an earlier schema version holds for the record as it stood in that version, and only if all that
 * stands beside it now is what reading it adds.
 */
const hashOf = (record: ExamRecord, earlier: readonly Signature[], open: OpenSignature): Promise<string> => {
  const signed = { ...record, signatures: [...earlier, open] }
  if (open.schemaVersion !== 2) return canonicalSha256(signed)
  const then = asVersion2(signed)
  const isAsRead =
    canonicalJson({ ...from2To3(then), schemaVersion: SCHEMA_VERSION }) === canonicalJson(signed)
  return canonicalSha256(isAsRead ? then : signed)
}

const refused = (problem: string) => new QctError('SIGNING_REFUSED', { problem })

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
