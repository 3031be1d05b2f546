import type { CalibrationRoute } from '../calibration/calibrationRoute.ts'
import type { SpineCategory } from '../spine/spineCategory.ts'
import type { Mineral, VertebralLevel } from '../units.ts'
import type {
  ReportAsynchronous,
  ReportDisagreement,
  ReportDualEnergy,
  ReportRoute,
  ReportRouteValue,
  ReportScreening,
  ReportTissues,
} from './reportCalibrationInput.ts'
import type { ReportDoseInput } from './reportDoseInput.ts'

interface CodedMessage {
  readonly code: string
  readonly message: string
}

/** One measured level as the report reads it. */
export interface ReportLevel {
  readonly level: VertebralLevel
  readonly status: 'done' | 'refused'
  readonly refusal: CodedMessage | null
  readonly vbmdMgPerCm3: number | null
  readonly uncertaintyMgPerCm3: number | null
  readonly meanHu: number | null
  readonly sdHu: number | null
  readonly n: number | null
  readonly tiltDeg: number | null
  readonly byCalibration: readonly ReportRouteValue[]
  readonly warnings: readonly CodedMessage[]
}

/**
 * What the report reads of an exam record, in the record's own field names: the record itself fits this shape, so
 * nothing is copied between the two and nothing can differ.
 */
export interface ReportInput {
  readonly status: 'done' | 'refused'
  readonly refusal?: CodedMessage | undefined
  readonly inputs: {
    readonly study: {
      readonly studyInstanceUid: string | null
      readonly studyDate: string | null
      readonly studyTime: string | null
      readonly studyDescription: string | null
      readonly accessionNumber: string | null
      readonly institutionName: string | null
      readonly referringPhysicianName: string | null
    }
    readonly patient: {
      readonly patientId: string | null
      readonly patientName: string | null
      readonly birthDate: string | null
      readonly sex: 'F' | 'M' | 'O' | null
      readonly ageYears: number | null
      readonly heightCm: number | null
      readonly weightKg: number | null
      readonly menopausalStatus: 'pre' | 'peri' | 'post' | null
      readonly indication: string | null
      readonly priorFracture: string | null
      readonly treatment: string | null
      readonly sources: Readonly<Record<string, 'DICOM' | 'typed'>>
    }
    readonly acquisition: {
      readonly format: 'DICOM' | 'NIfTI'
      readonly seriesDescription: string | null
      readonly seriesNumber: number | null
      readonly manufacturer: string | null
      readonly manufacturerModelName: string | null
      readonly stationName: string | null
      readonly kvp: number | null
      readonly exposureMas: number | null
      readonly convolutionKernel: string | null
      readonly contrastBolusAgent: string | null
      readonly sliceThicknessMm: number | null
      readonly sliceSpacingMm: number
      readonly columnSpacingMm: number
      readonly reconstructionDiameterMm: number | null
      readonly tableHeightMm: number | null
      readonly slices: number
    } | null
    readonly software: {
      readonly name: string
      readonly version: string
      readonly methods: Readonly<Record<string, string>>
    }
  }
  readonly decisions: {
    readonly series: {
      readonly chosenBy: 'program' | 'caller'
      readonly reasons: readonly string[]
      readonly otherSeries: readonly {
        readonly seriesDescription: string
        readonly reasons: readonly string[]
      }[]
    } | null
    readonly calibration: {
      readonly requested: string
      readonly used: CalibrationRoute
      readonly why: 'asked for' | 'only one' | 'order of trust' | 'none calibrates'
    }
    readonly rois: readonly {
      readonly level: VertebralLevel
      readonly placement: 'given' | 'from seed' | 'automatic' | 'edited'
      readonly voi: object | null
    }[]
    readonly exclusions: readonly { readonly level: VertebralLevel }[]
    readonly readerText: {
      readonly findings: string | null
      readonly comparison: string | null
      readonly impression: string | null
      readonly recommendation: string | null
    }
    readonly confirmations: readonly ('levelNaming' | 'readForFractures')[]
  }
  readonly results: ReportDoseInput['results'] & {
    readonly calibration: {
      readonly method: CalibrationRoute
      readonly phantom: string | null
      readonly mineral: Mineral | null
      readonly slopeMgPerCm3PerHu: number | null
      readonly interceptMgPerCm3: number | null
      readonly residualSdMgPerCm3: number | null
      readonly rods: readonly unknown[]
      readonly citations: readonly string[]
      readonly asynchronous: ReportAsynchronous | null
      readonly tissue: ReportTissues | null
      readonly dualEnergy: ReportDualEnergy | null
    }
    readonly routes: readonly ReportRoute[]
    readonly spine: {
      readonly levels: readonly ReportLevel[]
      readonly meanVbmdMgPerCm3: number | null
      readonly meanUncertaintyMgPerCm3: number | null
      readonly category: SpineCategory | null
      readonly categoryWithheld: CodedMessage | null
      readonly screening: ReportScreening | null
      readonly disagreements: readonly ReportDisagreement[]
    }
    readonly warnings: readonly CodedMessage[]
  }
}
