import type { QctError, QctWarning } from '../core/errors.ts'
import type { LpsPoint, LpsVector } from '../core/geometry/lps.ts'
import type { VolumeGeometry } from '../core/geometry/volumeGeometry.ts'
import type { Kvp, Mm } from '../core/units.ts'
import type { StudyDose } from './dose/studyDose.ts'

/** What the files say of the patient. Kept for the record and the report; never for messages or logs. */
export interface PatientIdentity {
  readonly patientId: string
  readonly patientName: string
  /** ISO date, or empty when the files do not say. */
  readonly patientBirthDate: string
  readonly patientSex: 'F' | 'M' | 'O' | ''
  /** Age in years at the study, where the files state it (DICOM PatientAge). De-identified files often keep it alone. */
  readonly patientAgeYears?: number
}

/** How a series was acquired and reconstructed, as its headers say. Absent means the header does not say. */
export interface Acquisition {
  readonly manufacturer?: string
  readonly manufacturerModelName?: string
  readonly deviceSerialNumber?: string
  readonly stationName?: string
  readonly kvp?: Kvp
  readonly convolutionKernel?: string
  readonly sliceThickness?: Mm
  readonly reconstructionDiameter?: Mm
  readonly tableHeight?: Mm
  readonly exposureMas?: number
  readonly contrastBolusAgent?: string
  readonly gantryDetectorTilt?: number
  readonly patientPosition?: string
  readonly imageType: readonly string[]
  readonly acquisitionDate?: string
  readonly acquisitionTime?: string
  /** Equivalent energy in keV when the image is virtual monoenergetic: (0018,937C) or what enhanced headers say. */
  readonly monoenergeticKev?: number
}

/**
 * One CT slice of a series: its place in the world and where its pixels lie. A single-frame file gives one, an
 * enhanced multi-frame file one per frame. Pixels are decoded only when a volume is built.
 */
export interface CtFrame {
  readonly sopInstanceUid: string
  /** Centre of the first pixel. */
  readonly imagePositionPatient: LpsPoint
  /** Unit direction of increasing column (along a row), and of increasing row (down a column). */
  readonly imageOrientationPatient: readonly [LpsVector, LpsVector]
  readonly columns: number
  readonly rows: number
  /** Distance of neighbouring columns and of neighbouring rows, in mm (DICOM's PixelSpacing is row spacing first). */
  readonly columnSpacing: Mm
  readonly rowSpacing: Mm
  readonly rescaleSlope: number
  readonly rescaleIntercept: number
  readonly pixelRepresentation: 'signed' | 'unsigned'
  /** Stored values that mean "not measured", both ends included. */
  readonly padding?: { readonly low: number; readonly high: number }
  readonly instanceNumber?: number
  /** AcquisitionNumber (0020,0012) of the frame or its file. Tells phases apart that share one SeriesInstanceUID. */
  readonly acquisitionNumber?: number
  /** TemporalPositionIndex (0020,9128) or TemporalPositionIdentifier (0020,0100). */
  readonly temporalPosition?: number
  /** Decodes the stored pixels of this frame into `target` (rows × columns, row by row). */
  readonly decodeInto: (target: Int16Array | Uint16Array | Float32Array) => Promise<void>
}

/** What the geometry of a series allows. */
export type GeometryVerdict =
  | { readonly status: 'sound'; readonly geometry: VolumeGeometry; readonly warnings: readonly QctWarning[] }
  | {
      readonly status: 'resample'
      readonly geometry: VolumeGeometry
      readonly warnings: readonly QctWarning[]
    }
  | { readonly status: 'refused'; readonly error: QctError }

/** One stack of parallel slices with one reconstruction, sorted by position from feet to head. */
export interface CtSeries {
  /** SeriesInstanceUID, with `#2`, `#3` … when geometry or reconstruction split one UID into several stacks. */
  readonly id: string
  readonly seriesInstanceUid: string
  readonly seriesDescription: string
  readonly seriesNumber?: number
  readonly frameOfReferenceUid: string
  readonly acquisition: Acquisition
  readonly frames: readonly CtFrame[]
  readonly geometry: GeometryVerdict
  readonly warnings: readonly QctWarning[]
}

/** What the files say of a study beside its images. Absent: they do not say. */
export interface StudyCircumstances {
  /** `hh:mm:ss` in the scanner's own time zone. */
  readonly studyTime?: string
  readonly institutionName?: string
  readonly referringPhysicianName?: string
  /** At the time of the study, in cm (the standard states PatientSize in metres). */
  readonly patientHeightCm?: number
  readonly patientWeightKg?: number
}

/** One study of one patient. Two patients or two studies in a drop are never merged. */
export interface CtStudy {
  readonly patient: PatientIdentity
  readonly studyInstanceUid: string
  readonly studyDate: string
  readonly studyDescription: string
  readonly accessionNumber: string
  readonly circumstances: StudyCircumstances
  readonly series: readonly CtSeries[]
  /** Dose objects that name this study or this patient, and which series name their events. */
  readonly dose: StudyDose
}

/** A file that is no CT image (localizer, dose report, text, damaged file …), and why it was set aside. */
export interface SetAsideFile {
  readonly path: string
  readonly reason: string
  readonly error?: QctError
}

/** Everything found in what was dropped. */
export interface ExamDrop {
  readonly studies: readonly CtStudy[]
  readonly setAside: readonly SetAsideFile[]
}
