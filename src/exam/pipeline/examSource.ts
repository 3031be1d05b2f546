import type { CtStudy, ExamDrop, SetAsideFile } from '../../dicom/ctStudy.ts'
import type { NamedBlob } from '../../dicom/namedBlob.ts'
import { canonicalSha256 } from '../record/canonicalJson.ts'
import { SOFTWARE } from '../record/software.ts'
import type { ExamRequest } from './examRequest.ts'

/** One exam to analyse: a DICOM study of one patient, or a NIfTI volume. */
export type ExamSource =
  | { readonly kind: 'study'; readonly study: CtStudy; readonly setAside: readonly SetAsideFile[] }
  | { readonly kind: 'nifti'; readonly file: NamedBlob }

/** Whether a file is a NIfTI volume by its name, the only mark a .nii.gz has before it is unpacked. */
export const isNiftiName = (path: string) => /\.nii(\.gz)?$/i.test(path)

/** The exams of a drop: every study, then every NIfTI volume. Two patients or two studies are never one exam. */
export function examSources(drop: ExamDrop, niftiFiles: readonly NamedBlob[]): ExamSource[] {
  return [
    ...drop.studies.map((study): ExamSource => ({ kind: 'study', study, setAside: drop.setAside })),
    ...niftiFiles.map((file): ExamSource => ({ kind: 'nifti', file })),
  ]
}

/**
 * SHA-256 of what decides a result: the images by their UIDs and places (a NIfTI file by its bytes), what the dose reports
 * state, the request, and the versions of program and methods. Equal digests mean equal results, so a second run need not measure again.
 */
export async function examDigest(source: ExamSource, request: ExamRequest): Promise<string> {
  return canonicalSha256({ images: await identityOf(source), request, software: SOFTWARE })
}

/**
 * A short name for a study's folder that says nothing of the patient: the study date and eight digits of a hash of
 * its UID and patient.
 */
export async function anonymousName(source: ExamSource): Promise<string> {
  if (source.kind === 'nifti') return `nifti_${(await canonicalSha256(await identityOf(source))).slice(0, 8)}`
  const { study } = source
  const hash = await canonicalSha256([study.studyInstanceUid, study.patient])
  return `${study.studyDate === '' ? 'undated' : study.studyDate}_${hash.slice(0, 8)}`
}

async function identityOf(source: ExamSource): Promise<unknown> {
  if (source.kind === 'nifti') {
    const digest = await crypto.subtle.digest('SHA-256', await source.file.blob.arrayBuffer())
    return Array.from(new Uint8Array(digest))
  }
  const { study } = source
  return {
    patient: study.patient,
    studyInstanceUid: study.studyInstanceUid,
    circumstances: study.circumstances,
    dose: {
      objects: study.dose.objects.map(({ report, match }) => ({ report, match })),
      series: study.dose.series,
    },
    series: study.series.map(({ id, acquisition, frames }) => ({
      id,
      acquisition,
      frames: frames.map((frame) => [
        frame.sopInstanceUid,
        frame.imagePositionPatient,
        frame.columns,
        frame.rows,
      ]),
    })),
  }
}
