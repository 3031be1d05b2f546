import type { DensityRoute } from '../calibration/calibrationRoute.ts'
import type { Tissue } from '../calibration/tissue/tissues.ts'
import type { Mineral, VertebralLevel } from '../units.ts'

interface CodedMessage {
  readonly code: string
  readonly message: string
}

/** A stored calibration that was used, in the record's field names. */
export interface ReportAsynchronous {
  readonly deviceSerial: string
  readonly model: string
  readonly kvp: number
  readonly phantomSerial: string
  readonly date: string
  readonly qualityPassed: boolean
  readonly reasons: readonly { readonly message: string }[]
}

/** The tissues a line rests on, in the record's field names. */
export interface ReportTissues {
  readonly tissues: readonly {
    readonly tissue: Tissue
    readonly meanHu: number
    readonly windowHu: readonly [number, number]
    readonly isUsed: boolean
    readonly residualHu: number | null
  }[]
  readonly effectiveEnergyKeV: number | null
  readonly effectiveEnergyStandardErrorKeV: number | null
  readonly leftOutAtHu: number | null
  readonly leftOut: readonly {
    readonly tissue: Tissue
    readonly changeMgPerCm3: number | null
    readonly refusal: CodedMessage | null
  }[]
}

/** The basis of a dual-energy pair, in the record's field names. */
export interface ReportDualEnergy {
  readonly pair: { readonly unit: 'kVp' | 'keV'; readonly low: number; readonly high: number }
  readonly origin: 'phantom' | 'user'
  readonly low: { readonly calciumHuPerMgPerCm3: number }
  readonly high: { readonly calciumHuPerMgPerCm3: number }
}

/** What became of one route. */
export interface ReportRoute {
  readonly route: DensityRoute | 'hu-only'
  readonly status: 'done' | 'refused' | 'not possible'
  readonly refusal: CodedMessage | null
  readonly warnings: readonly CodedMessage[]
}

/** What one route made of one level. */
export interface ReportRouteValue {
  readonly route: DensityRoute
  readonly mineral: Mineral | null
  readonly vbmdMgPerCm3: number | null
  readonly uncertaintyMgPerCm3: number | null
  /** Standard uncertainties; null where a route has no such part or it is not known. */
  readonly parts: {
    readonly noiseMgPerCm3: number | null
    readonly calibrationMgPerCm3: number | null
    readonly certificateMgPerCm3: number | null
    readonly rodNoiseMgPerCm3: number | null
    readonly rodPlacementMgPerCm3: number | null
    readonly fitMgPerCm3: number | null
    readonly driftMgPerCm3: number | null
  }
  readonly refusal: CodedMessage | null
  readonly warnings: readonly CodedMessage[]
}

/** The screening attenuation of L1, or why it is not stated. */
export interface ReportScreening {
  readonly attenuationHu: number | null
  readonly standardErrorHu: number | null
  readonly comparisons: readonly {
    readonly cutHu: number
    readonly finding: 'sensitivity90' | 'specificity90' | 'risk' | 'negativePredictive'
    readonly side: 'at or below' | 'below' | 'above'
    readonly citation: string
    readonly met: boolean
    readonly certain: boolean
  }[]
  readonly warnings: readonly CodedMessage[]
  readonly refusal: CodedMessage | null
}

/** Two routes at one level that differ, or whose scales must not be compared. */
export interface ReportDisagreement {
  readonly level: VertebralLevel
  readonly routes: readonly [DensityRoute, DensityRoute]
  readonly kind: 'differ' | 'other mineral scale'
  readonly differenceMgPerCm3: number | null
  readonly jointMgPerCm3: number | null
  readonly crossedCuts: readonly number[]
}
