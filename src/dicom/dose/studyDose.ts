import { type DoseMatch, matchDose } from '../../core/dose/doseMatch.ts'
import type { DoseReport, DoseSubject } from '../../core/dose/doseReport.ts'
import type { IrradiatedSeries } from './irradiatedSeries.ts'

/** A dose object among the files. */
export interface DoseFile {
  readonly path: string
  readonly report: DoseReport
}

/** Dose objects among the files, and the series that name an irradiation event, whatever study they are of. */
export interface DropDose {
  readonly files: readonly DoseFile[]
  readonly series: readonly IrradiatedSeries[]
}

/** A dose object that is, or may be, of a study. */
export interface DoseObject extends DoseFile {
  readonly match: DoseMatch
}

/** The dose objects of a study, and the series that name an irradiation event of theirs. */
export interface StudyDose {
  readonly objects: readonly DoseObject[]
  readonly series: readonly IrradiatedSeries[]
}

/**
 * The dose of one study among what was found in a drop.
 *
 * A dose object stands with the study it names, even when its patient differs: that must be seen. One whose study is
 * not in the drop is offered to studies of the same patient, for a person to accept. Others belong to nobody here.
 *
 * @param studyUids - Of every study in the drop.
 */
export function doseOfStudy(dose: DropDose, exam: DoseSubject, studyUids: ReadonlySet<string>): StudyDose {
  const objects = dose.files
    .map((file): DoseObject => ({ ...file, match: matchDose(file.report.subject, exam) }))
    .filter(
      ({ report, match }) =>
        match.isSameStudy || (match.isSamePatient && !studyUids.has(report.subject.studyInstanceUid)),
    )
  const events = new Set(objects.flatMap(({ report }) => report.events.map(({ event }) => event.eventUid)))
  return { objects, series: dose.series.filter(({ eventUid }) => events.has(eventUid)) }
}
