import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { RouteResult, ScreeningResult } from '../../record/routeResults.ts'
import type { ExamContext } from '../examContext.ts'
import type { ExamRequest } from '../examRequest.ts'
import { recordWarnings } from '../recordWarning.ts'
import type { ScanCalibration } from '../scanCalibration.ts'
import { asynchronousRoute } from './asynchronousRoute.ts'
import { dualEnergyRoute } from './dualEnergyRoute.ts'
import type { ExamRoute } from './examRoute.ts'
import { inScanRoute } from './inScanRoute.ts'
import type { TissuePlaces } from './tissueRegions.ts'
import { tissueRoutes } from './tissueRoute.ts'

/**
 * Tries the routes of a request. `all` tries each; `auto` the phantom in the scan, and a stored calibration only where
 * there is none; the others the one they name.
 *
 * @returns Every route that was asked for or is allowed, in the order of trust.
 */
export function examRoutes(
  volume: CtVolume,
  context: Pick<ExamContext, 'series' | 'study' | 'second' | 'voltages'>,
  request: ExamRequest,
  scan: ScanCalibration,
  tissues: TissuePlaces,
): ExamRoute[] {
  const { calibration: asked } = request
  const { series, second = null } = context
  const isAsked = (name: ExamRequest['calibration']) => asked === name || asked === 'all'
  const inScan = asked === 'auto' || isAsked('in-scan') ? [inScanRoute(scan)] : []
  const fallsBack = asked === 'auto' && scan.found === null && request.asynchronous !== null
  const asynchronous =
    isAsked('asynchronous') || fallsBack ? [asynchronousRoute(request.asynchronous, context)] : []
  const tissue = isAsked('tissue')
    ? tissueRoutes(volume, request.tissue, tissues, {
        kvp: series?.acquisition.kvp ?? null,
        deviceSerial: series?.acquisition.deviceSerialNumber || null,
      })
    : []
  const measured = series === null ? null : { series, volume }
  const dualEnergy = isAsked('dual-energy')
    ? [dualEnergyRoute(measured, second, request.dualEnergy, scan)]
    : []
  return [...inScan, ...asynchronous, ...tissue, ...dualEnergy]
}

/** What became of the routes, in the record's form. */
export const routeResults = (
  routes: readonly ExamRoute[],
  screening: ScreeningResult | null,
): RouteResult[] => [
  ...routes.map((route) => ({
    route: route.route,
    status: route.status,
    refusal: route.status === 'done' ? null : { code: route.refusal.code, message: route.refusal.message },
    warnings: recordWarnings(route.warnings),
    reasons: [...route.reasons],
  })),
  ...(screening === null
    ? []
    : [
        {
          route: 'hu-only' as const,
          status: screening.refusal === null ? ('done' as const) : ('refused' as const),
          refusal: screening.refusal,
          warnings: screening.warnings,
          reasons: [],
        },
      ]),
]
