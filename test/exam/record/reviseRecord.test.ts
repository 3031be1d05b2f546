import { describe, expect, it } from 'vitest'
import { maySucceed, reviseRecord } from '../../../src/exam/record/reviseRecord.ts'
import { addAddendum, signRecord } from '../../../src/exam/record/signRecord.ts'
import { exampleRecord } from './exampleRecord.ts'

const signer = { name: 'R. Reader', role: 'radiologist', signedAt: '2026-03-04T10:20:30Z' }
const signed = await signRecord(exampleRecord(), signer, [])
const changed = () => {
  const draft = exampleRecord()
  draft.results.spine.meanVbmdMgPerCm3 = 121
  draft.results.spine.category = 'normal'
  draft.inputs.software.version = '9.9.9'
  return draft
}

describe('the next version of a signed record', () => {
  it('names the version it replaces and what differs', () => {
    const next = reviseRecord(signed, changed())
    expect(next.revision).toMatchObject({ number: 2, supersedesSha256: signed.signatures[0]?.sha256 })
    expect(next.revision.changes).toEqual([
      'mean: 115.3 ± 1.1 mg/cm³, now 121.0 ± 1.1 mg/cm³',
      'category: osteopenia-equivalent, now normal',
      expect.stringMatching(/Trabecula 0\.1\.0.*now Trabecula 9\.9\.9/),
    ])
    expect(next.signatures).toEqual([])
  })

  it('says so when nothing differs, and what was typed anew', () => {
    expect(reviseRecord(signed, exampleRecord()).revision.changes).toEqual(['nothing that the report states'])
    const retyped = exampleRecord()
    retyped.inputs.patient.heightCm = 160
    retyped.decisions.readerText.impression = 'Other words.'
    expect(reviseRecord(signed, retyped).revision.changes).toEqual([
      'facts of the patient',
      "the reader's text",
    ])
  })

  it('has a report that says so too', () => {
    expect(reviseRecord(signed, changed()).results.report.text.replace(/\s+/g, ' ')).toContain(
      'Changed against the version before: mean: 115.3 ± 1.1 mg/cm³, now 121.0 ± 1.1 mg/cm³',
    )
  })

  it('is not made of a draft', () => {
    expect(() => reviseRecord(exampleRecord(), changed())).toThrow(
      expect.objectContaining({ code: 'SIGNING_REFUSED' }),
    )
  })
})

describe('what may take the place of a record', () => {
  it('is anything for a draft', () => {
    expect(maySucceed(exampleRecord(), changed())).toBe(true)
  })

  it('is its next version or itself with an addendum when it is signed, and nothing else', async () => {
    expect(maySucceed(signed, reviseRecord(signed, changed()))).toBe(true)
    expect(maySucceed(signed, await addAddendum(signed, signer, 'More.'))).toBe(true)
    expect(maySucceed(signed, signed)).toBe(true)
    expect(maySucceed(signed, changed())).toBe(false)
    expect(maySucceed(signed, { ...signed, signatures: [] })).toBe(false)
    const tampered = structuredClone(signed)
    tampered.results.spine.meanVbmdMgPerCm3 = 1
    expect(maySucceed(signed, tampered)).toBe(false)
  })
})
