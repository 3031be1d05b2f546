import type { Migration } from './migration.ts'

type Json = Readonly<Record<string, unknown>>

/** The sheet of version 2 with nothing typed on it. Not shared with the program's own: that one may grow. */
const EMPTY_SHEET = {
  sex: null,
  birthDate: null,
  ageYears: null,
  heightCm: null,
  weightKg: null,
  menopausalStatus: null,
  indication: null,
  priorFracture: null,
  treatment: null,
}

/**
 * Version 2 adds sign-off, versions of a result, dose, the patient sheet with its sources by name, exclusions and the
 * reader's text. What a person had stated in a patient file becomes what was typed on the sheet.
 */
export const from1To2: Migration = (record) => {
  const inputs = member(record, 'inputs')
  const patient = member(inputs, 'patient')
  const results = member(record, 'results')
  const wasTyped = Object.entries(member(patient, 'sources')).filter(
    ([, source]) => source === 'patient file',
  )
  const typed = wasTyped.map(([fact]) => fact)
  return {
    ...record,
    inputs: {
      ...inputs,
      study: {
        ...member(inputs, 'study'),
        studyTime: null,
        institutionName: null,
        referringPhysicianName: null,
      },
      patient: {
        ...patient,
        priorFracture: null,
        treatment: null,
        sources: Object.fromEntries(
          Object.entries(member(patient, 'sources')).map(([fact, source]) => [
            fact,
            source === 'patient file' ? 'typed' : source === 'image files' ? 'DICOM' : source,
          ]),
        ),
      },
    },
    decisions: {
      ...member(record, 'decisions'),
      exclusions: [],
      patient: { ...EMPTY_SHEET, ...typedFacts(patient, typed) },
      readerText: { findings: null, comparison: null, impression: null, recommendation: null },
      confirmations: [],
      dose: { areas: {}, phantoms: {}, acceptedObjects: [] },
    },
    results: { ...results, dose: null, report: { ...member(results, 'report'), frozen: null } },
    revision: { number: 1, supersedesSha256: null, changes: [] },
    signatures: [],
  }
}

/** A typed birth date gave the age too; only the birth date was typed. */
const typedFacts = (patient: Json, typed: readonly string[]) =>
  Object.fromEntries(
    typed
      .filter((fact) => fact in EMPTY_SHEET && !(fact === 'ageYears' && typed.includes('birthDate')))
      .map((fact) => [fact, patient[fact]]),
  )

/** A member that is an object; anything else is left for the schema to refuse. */
function member(json: Json, key: string): Json {
  const value = json[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
