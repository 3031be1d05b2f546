import type { CtInstance } from './ctInstance.ts'
import type { CtStudy, PatientIdentity } from './ctStudy.ts'
import { type DropDose, doseOfStudy } from './dose/studyDose.ts'
import { splitSeries } from './splitSeries.ts'

/** Case and padding are how systems write a name, not whose name it is. */
const asWritten = (text: string) =>
  text
    .replace(/[\s^]+$/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toUpperCase()

const identityKey = (patient: PatientIdentity) =>
  [patient.patientId, patient.patientName, patient.patientBirthDate].map(asWritten)

/**
 * Sorts CT files into studies, one patient and one study each.
 *
 * Files belong together only when patient ID, name and birth date and the study UID all agree: careless copies and
 * bad anonymisation make two patients share a UID, and a merged volume would show nothing of it. An absent value
 * differs from a present one. The caller chooses among the studies.
 *
 * @param dose - Dose objects among the files; each study gets those that name it.
 * @returns Studies by date, then UID; the order of the files plays no part.
 */
export function groupStudies(
  instances: readonly CtInstance[],
  dose: DropDose = { files: [], series: [] },
): CtStudy[] {
  const groups = new Map<string, CtInstance[]>()
  for (const instance of instances) {
    const key = JSON.stringify([...identityKey(instance.patient), instance.studyInstanceUid.trim()])
    const group = groups.get(key)
    if (group) group.push(instance)
    else groups.set(key, [instance])
  }
  const inOrder = [...groups.entries()].sort(([keyA, [a]], [keyB, [b]]) => {
    const [dateA, dateB] = [a?.studyDate ?? '', b?.studyDate ?? '']
    if (dateA !== dateB) return dateA < dateB ? -1 : 1
    return keyA < keyB ? -1 : keyA > keyB ? 1 : 0
  })
  const studyUids = new Set(instances.map(({ studyInstanceUid }) => studyInstanceUid))
  return inOrder.map(([, group]) => {
    const first = group[0]!
    const subject = { ...first.patient, studyInstanceUid: first.studyInstanceUid }
    return {
      patient: first.patient,
      studyInstanceUid: first.studyInstanceUid,
      studyDate: first.studyDate,
      studyDescription: first.studyDescription,
      accessionNumber: first.accessionNumber,
      circumstances: first.circumstances,
      series: splitSeries(group),
      dose: doseOfStudy(dose, subject, studyUids),
    }
  })
}
