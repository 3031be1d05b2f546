import type { PatientIdentity } from '../ctStudy.ts'
import type { DataElement } from './dataElement.ts'

/** What all objects of one study share. Dates are ISO (2026-03-02), times HHMMSS. */
export interface WrittenStudy {
  readonly patient: PatientIdentity
  readonly studyInstanceUid: string
  readonly studyId: string
  readonly studyDate: string
  readonly studyTime: string
  readonly studyDescription: string
  readonly accessionNumber: string
  readonly frameOfReferenceUid: string
  readonly manufacturer: string
  readonly manufacturerModelName: string
  readonly deviceSerialNumber: string
  readonly stationName: string
  readonly softwareVersions: string
}

/** An ISO date as DICOM writes it. */
export const dicomDate = (iso: string) => iso.replaceAll('-', '')

/** Age at the study as DICOM says it: full years, three digits. */
function ageString(birth: string, study: string): string {
  const [birthYear, studyYear] = [Number(birth.slice(0, 4)), Number(study.slice(0, 4))]
  const years = studyYear - birthYear - (study.slice(5) < birth.slice(5) ? 1 : 0)
  return `${String(Math.min(999, Math.max(0, years))).padStart(3, '0')}Y`
}

/**
 * Patient, study and equipment as every object of a study states them; text in UTF-8.
 * @see DICOM PS3.3 C.7.1.1, C.7.2.1, C.7.5.1
 */
export function studyElements(study: WrittenStudy): DataElement[] {
  const { patient } = study
  const elements: DataElement[] = [
    [0x00080005, 'CS', 'ISO_IR 192'],
    [0x00080020, 'DA', dicomDate(study.studyDate)],
    [0x00080030, 'TM', study.studyTime],
    [0x00080050, 'SH', study.accessionNumber],
    [0x00080070, 'LO', study.manufacturer],
    [0x00080090, 'PN', ''],
    [0x00081010, 'SH', study.stationName],
    [0x00081030, 'LO', study.studyDescription],
    [0x00081090, 'LO', study.manufacturerModelName],
    [0x00100010, 'PN', patient.patientName],
    [0x00100020, 'LO', patient.patientId],
    [0x00100030, 'DA', dicomDate(patient.patientBirthDate)],
    [0x00100040, 'CS', patient.patientSex],
    [0x00181000, 'LO', study.deviceSerialNumber],
    [0x00181020, 'LO', study.softwareVersions],
    [0x0020000d, 'UI', study.studyInstanceUid],
    [0x00200010, 'SH', study.studyId],
  ]
  if (patient.patientBirthDate !== '')
    elements.push([0x00101010, 'AS', ageString(patient.patientBirthDate, study.studyDate)])
  return elements
}
