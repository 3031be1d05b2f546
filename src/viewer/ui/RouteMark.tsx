import type { CalibrationRoute } from '../../core/calibration/calibrationRoute.ts'
import { SPINE_PRINTING } from '../../core/report/printingMatrix.ts'
import { phrase } from '../../core/words/words.ts'

/** Which calibration a number rests on, and whether it may only be printed for research or with a limitation. */
export function RouteMark({ route }: { readonly route: CalibrationRoute }) {
  const { vbmd } = SPINE_PRINTING[route]
  const words =
    route === 'none'
      ? phrase('viewer.routes.none')
      : phrase('viewer.routes.numbersBy', { route: phrase(`report.route.name.${route}`) })
  return (
    <span className="mark route-mark" data-testid="route-mark" data-used={route}>
      {words}
      {vbmd === 'research' || vbmd === 'with limitation' ? (
        <span className="doubt-text">
          {' '}
          ▲ {phrase(vbmd === 'research' ? 'viewer.routes.research' : 'viewer.routes.limited')}
        </span>
      ) : null}
    </span>
  )
}
