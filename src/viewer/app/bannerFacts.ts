import { phrase } from '../../core/words/words.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { SourceSummary } from '../worker/examWorkerApi.ts'

/** What the banner says: of the person, and of the exam. */
export interface BannerFacts {
  readonly identity: readonly string[]
  readonly exam: readonly string[]
}

const stated = (...texts: readonly (string | null | undefined | false)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text !== '')

/** The banner's words for an exam; nothing that names the person while the identity is hidden. */
export function bannerFacts(
  source: SourceSummary | null,
  record: ExamRecord | null,
  isHidden: boolean,
): BannerFacts {
  if (source === null) return { identity: [phrase('viewer.banner.none')], exam: [] }
  const { patient } = source
  const known = record?.inputs.patient
  const sex = known?.sex ?? (patient?.patientSex || null)
  const age = known?.ageYears ?? patient?.patientAgeYears ?? null
  const person = stated(
    sex !== null && phrase(`viewer.patient.sex.${sex}`),
    age !== null && phrase('viewer.banner.age', { years: Math.floor(age) }),
  )
  const identity = isHidden
    ? [phrase('viewer.banner.hidden')]
    : stated(
        nameOf(patient?.patientName) || phrase('viewer.banner.unknownName'),
        patient?.patientId || phrase('viewer.banner.unknownId'),
        (known?.birthDate ?? patient?.patientBirthDate) &&
          phrase('viewer.banner.born', { date: known?.birthDate ?? patient?.patientBirthDate }),
      )
  const chosen = source.series.find(
    ({ id }) => id === (record?.decisions.series?.id ?? source.proposed?.seriesId),
  )
  const facts = chosen?.acquisition
  return {
    identity: [...identity, ...person],
    exam: stated(
      source.studyDate !== '' && phrase('viewer.banner.examDate', { date: source.studyDate }),
      source.studyDescription,
      facts?.manufacturerModelName ?? facts?.manufacturer,
      facts?.kvp !== undefined && phrase('viewer.check.value.kvp', { value: facts.kvp }),
      facts?.convolutionKernel?.replaceAll('\\', ' '),
    ),
  }
}

/** A DICOM person name as it is read: family name first. @see DICOM PS3.5 6.2, PN */
const nameOf = (name: string | undefined): string => {
  const [family = '', given = ''] = (name ?? '').split('=')[0]?.split('^') ?? []
  return stated(family.trim(), given.trim()).join(', ')
}
