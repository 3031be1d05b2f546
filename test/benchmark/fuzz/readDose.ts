import { doseSection } from '../../../src/core/report/sections/dose.ts'
import { doseOfStudy } from '../../../src/dicom/dose/studyDose.ts'
import { readInstances } from '../../../src/dicom/readInstances.ts'
import { doseResult } from '../../../src/exam/pipeline/doseResult.ts'
import { type DoseResult, doseResultSchema, NO_DOSE_DECISIONS } from '../../../src/exam/record/dose.ts'

/** What became of one dose report: its result, or the code or reason for which there is none. */
export type DoseOutcome = { readonly result: DoseResult } | { readonly code: string }

const latin1 = new TextDecoder('latin1')

/** Every number that would be printed must stand in the file with these characters, and read back as its value. */
function checkDigits(value: number | null, digits: string | null, file: string): void {
  if (value === null && digits === null) return
  if (value === null || digits === null) throw new Error('a value without digits, or digits without a value')
  if (!Number.isFinite(value) || value < 0) throw new Error(`a dose of ${value}`)
  if (Number(digits) !== value) throw new Error(`${digits} was read as ${value}`)
  if (!file.includes(digits)) throw new Error(`${digits} does not stand in the file`)
}

/**
 * Does with a dose report all that the product does, as if its images lay beside it, and checks that no number came
 * from anywhere but the file, and that what is called accepted is complete.
 * @throws Whatever is no coded failure, and any number of unknown origin.
 */
export async function readDose(bytes: Uint8Array<ArrayBuffer>): Promise<DoseOutcome> {
  const { dose, setAside, instances } = await readInstances([{ path: 'file', blob: new Blob([bytes]) }])
  if (instances.length > 0) return { code: 'became an image' }
  const report = dose.files[0]?.report
  if (report === undefined) return { code: setAside[0]?.error?.code ?? setAside[0]?.reason ?? '?' }
  const subject =
    report.subject.studyInstanceUid === '' ? { ...report.subject, studyInstanceUid: '1' } : report.subject
  const study = {
    patient: { ...subject, patientSex: '' as const },
    studyInstanceUid: subject.studyInstanceUid,
    studyDate: '',
    studyDescription: report.studyDescription,
    accessionNumber: '',
    circumstances: {},
    series: [],
    dose: doseOfStudy(dose, subject, new Set()),
  }
  const result = doseResult(study, NO_DOSE_DECISIONS)
  if (result === null) return { code: 'of nobody' }
  doseResultSchema.parse(result)
  const file = latin1.decode(bytes)
  for (const event of result.events) {
    checkDigits(event.ctdiVolMgy, event.ctdiVolDigits, file)
    checkDigits(event.dlpMgyCm, event.dlpDigits, file)
    const isWhole = event.ctdiVolMgy !== null && event.dlpMgyCm !== null && event.phantomCm !== null
    if (event.verdict === 'accepted' && event.exposureEvent !== null && !isWhole)
      throw new Error('an incomplete event was accepted')
  }
  doseSection({ inputs: { patient: { patientName: null, patientId: null } }, results: { dose: result } })
  return { result }
}
