import { COVERAGE_FACTOR } from '../spine/meanVbmd.ts'
import { SPINE_CATEGORY_CUTS } from '../spine/spineCategory.ts'
import type { MgPerCm3, Mineral } from '../units.ts'
import type { DensityRoute } from './calibrationRoute.ts'

/** What one route made of one level. */
export interface RouteValue {
  readonly route: DensityRoute
  readonly mineral: Mineral
  readonly vbmd: MgPerCm3
  /** Standard uncertainty from the noise in the VOI. */
  readonly noise: MgPerCm3
  /** Standard uncertainty from the calibration. */
  readonly calibration: MgPerCm3
}

/** Two routes at one level that cannot both be right, or that must not be compared. */
export type RouteDisagreement =
  | {
      readonly kind: 'differ'
      readonly routes: readonly [DensityRoute, DensityRoute]
      /** Second less first, mg/cm³. */
      readonly difference: number
      /** Half-width of the 95 % interval of the difference, mg/cm³. */
      readonly joint: number
      /** Cut points of the spine category that lie between the two values. */
      readonly crossedCuts: readonly number[]
    }
  | { readonly kind: 'other mineral scale'; readonly routes: readonly [DensityRoute, DensityRoute] }

/**
 * Pairs of routes whose difference exceeds its 95 % interval: 1.96·√(calibration₁² + calibration₂² + noise²).
 *
 * Two lines read the same mean of the same voxels, so of its noise only the difference of their slopes stays:
 * |noise₁ − noise₂|. Dual energy reads a second series as well, and its noise joins in quadrature.
 * Densities of different minerals are never subtracted: that pair is named as on another scale.
 */
export function routeDisagreements(values: readonly RouteValue[]): RouteDisagreement[] {
  return values.flatMap((first, index) =>
    values.slice(index + 1).flatMap((second): RouteDisagreement[] => {
      const routes = [first.route, second.route] as const
      if (first.mineral !== second.mineral) return [{ kind: 'other mineral scale', routes }]
      const isShared = first.route !== 'dual-energy' && second.route !== 'dual-energy'
      const noise = isShared ? first.noise - second.noise : Math.hypot(first.noise, second.noise)
      const joint = COVERAGE_FACTOR * Math.hypot(first.calibration, second.calibration, noise)
      const difference = second.vbmd - first.vbmd
      if (Math.abs(difference) <= joint) return []
      const [low, high] = [Math.min(first.vbmd, second.vbmd), Math.max(first.vbmd, second.vbmd)]
      const crossedCuts = SPINE_CATEGORY_CUTS.filter((cut) => low < cut && high >= cut)
      return [{ kind: 'differ', routes, difference, joint, crossedCuts }]
    }),
  )
}
