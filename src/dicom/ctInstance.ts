import type { Acquisition, CtFrame, PatientIdentity, StudyCircumstances } from './ctStudy.ts'

/** The facts of one CT file that decide where its frames belong. Made by `readInstances`, grouped by `groupStudies`. */
export interface CtInstance {
  /** Path of the file in the drop. */
  readonly path: string
  readonly patient: PatientIdentity
  readonly studyInstanceUid: string
  readonly studyDate: string
  readonly studyDescription: string
  readonly accessionNumber: string
  readonly circumstances: StudyCircumstances
  readonly seriesInstanceUid: string
  readonly seriesDescription: string
  readonly seriesNumber?: number
  readonly frameOfReferenceUid: string
  readonly acquisition: Acquisition
  readonly frames: readonly CtFrame[]
}
