import { describe, expect, it } from 'vitest'
import { parseExamRecord, serializeExamRecord } from '../../../src/exam/record/examRecord.ts'
import {
  addAddendum,
  assertSignaturesHold,
  signedPictures,
  signRecord,
} from '../../../src/exam/record/signRecord.ts'
import { printedReport } from '../../../src/exam/render/printedReport.ts'
import { exampleRecord } from './exampleRecord.ts'

const signer = { name: 'R. Reader', role: 'radiologist', signedAt: '2026-03-04T10:20:30Z' }
const later = { name: 'B. Second', role: 'radiologist', signedAt: '2026-03-05T08:00:00Z' }
const pictures = [{ name: 'voi-L1.png', png: new Uint8Array([1, 2, 3]) }]
const signed = () => signRecord(exampleRecord(), signer, pictures)

describe('a signed record', () => {
  it('holds name, role, time, its hash, and that nobody authenticated it', async () => {
    const { signatures } = await signed()
    expect(signatures).toMatchObject([
      { kind: 'report', ...signer, authentication: 'not authenticated', text: null },
    ])
    expect(signatures[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('freezes the report and the hashes of its pictures', async () => {
    const { results } = await signed()
    expect(results.report.frozen?.pictures).toEqual([
      // printf '\1\2\3' | sha256sum
      { name: 'voi-L1.png', sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81' },
    ])
    expect(JSON.stringify(results.report.frozen?.document)).toContain('115.3 ± 1.1 mg/cm³')
    expect(results.report.text).toContain('Signed on 2026-03-04 by R. Reader')
    expect(results.report.text).not.toContain('Draft')
  })

  it('prints what was signed, whatever a newer program would make of its results', async () => {
    const record = await signed()
    const before = printedReport(record)
    const tampered = structuredClone(record)
    tampered.results.spine.meanVbmdMgPerCm3 = 999
    expect(printedReport(tampered)).toEqual(before)
  })

  it('comes back from its text with signatures that still hold', async () => {
    const record = parseExamRecord(serializeExamRecord(await signed()))
    await expect(assertSignaturesHold(record)).resolves.toBeUndefined()
  })

  it('holds whatever order the keys of its text are in', async () => {
    const record = await signed()
    const { signatures, results, ...rest } = record
    await expect(assertSignaturesHold({ signatures, results, ...rest })).resolves.toBeUndefined()
  })

  it.each([
    ['a value', (record: Signed) => Object.assign(record.results.spine, { meanVbmdMgPerCm3: 140 })],
    [
      'the last digit',
      (record: Signed) => Object.assign(record.results.spine, { meanVbmdMgPerCm3: 115.30000000000001 }),
    ],
    ['the name', (record: Signed) => Object.assign(record.signatures[0]!, { name: 'Somebody else' })],
    [
      'the time',
      (record: Signed) => Object.assign(record.signatures[0]!, { signedAt: '2026-03-04T10:20:31Z' }),
    ],
    ['the text', (record: Signed) => Object.assign(record.results.report, { text: 'All is well.' })],
    [
      'the frozen document',
      (record: Signed) => Object.assign(record.results.report.frozen!.document, { title: 'X' }),
    ],
    [
      'a picture',
      (record: Signed) =>
        Object.assign(record.results.report.frozen!.pictures[0]!, { sha256: '00'.repeat(32) }),
    ],
    ['a decision', (record: Signed) => Object.assign(record.decisions.readerText, { impression: 'More' })],
    ['the patient', (record: Signed) => Object.assign(record.inputs.patient, { patientId: 'P2' })],
  ])('no longer holds when %s is changed', async (_, change) => {
    const record = structuredClone(await signed())
    change(record)
    await expect(assertSignaturesHold(record)).rejects.toMatchObject({ code: 'SIGNATURE_BROKEN' })
  })

  it('lets only its own pictures stand, and a draft any', async () => {
    const redrawn = { name: 'voi-L1.png', png: new Uint8Array([1, 2, 4]) }
    expect(await signedPictures(await signed(), [...pictures, redrawn])).toEqual(pictures)
    expect(await signedPictures(exampleRecord(), [redrawn])).toEqual([redrawn])
  })

  it('cannot be signed twice', async () => {
    await expect(signRecord(await signed(), later, [])).rejects.toMatchObject({ code: 'SIGNING_REFUSED' })
  })

  it.each([[{ ...signer, name: ' ' }], [{ ...signer, role: '' }], [{ ...signer, signedAt: 'yesterday' }]])(
    'is refused without name, role and time: %j',
    async (incomplete) => {
      await expect(signRecord(exampleRecord(), incomplete, [])).rejects.toMatchObject({
        code: 'SIGNING_REFUSED',
      })
    },
  )

  it('is refused when the report of a child says what it must not', async () => {
    const record = exampleRecord()
    record.inputs.patient.ageYears = 12
    record.results.spine.category = null
    record.decisions.readerText.impression = 'Osteoporosis.'
    await expect(signRecord(record, signer, [])).rejects.toMatchObject({ code: 'SIGNING_REFUSED' })
  })
})

type Signed = Awaited<ReturnType<typeof signed>>

describe('an addendum', () => {
  it('is appended with a name of its own and leaves all before it as it was', async () => {
    const before = await signed()
    const after = await addAddendum(before, later, 'L3 looks old.')
    expect(after.signatures).toHaveLength(2)
    expect({ ...after, signatures: after.signatures.slice(0, 1) }).toEqual(before)
    await expect(assertSignaturesHold(after)).resolves.toBeUndefined()
  })

  it('shows when it or an earlier one was changed or taken away', async () => {
    const twice = await addAddendum(await addAddendum(await signed(), later, 'One.'), later, 'Two.')
    const changed = structuredClone(twice)
    changed.signatures[1]!.text = 'Other.'
    await expect(assertSignaturesHold(changed)).rejects.toMatchObject({ details: { number: 2 } })
    const shortened = { ...twice, signatures: twice.signatures.filter((_, index) => index !== 1) }
    await expect(assertSignaturesHold(shortened)).rejects.toMatchObject({ details: { number: 2 } })
  })

  it('needs a signed record that was not changed, and words', async () => {
    await expect(addAddendum(exampleRecord(), later, 'x')).rejects.toMatchObject({ code: 'SIGNING_REFUSED' })
    await expect(addAddendum(await signed(), later, '  ')).rejects.toMatchObject({ code: 'SIGNING_REFUSED' })
    const changed = structuredClone(await signed())
    changed.results.spine.meanVbmdMgPerCm3 = 1
    await expect(addAddendum(changed, later, 'x')).rejects.toMatchObject({ code: 'SIGNATURE_BROKEN' })
  })
})
