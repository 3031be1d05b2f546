import { type ReactNode, useState } from 'react'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { chooseRoute } from '../../state/calibrationEdits.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Tick } from '../../ui/Tick.tsx'
import { RouteCellView } from './RouteCellView.tsx'
import { RouteStanding } from './RouteStanding.tsx'
import { type RouteRow, routeRows } from './routeRows.ts'
import './routes.css'

/** Every route beside the others: what became of it, what it makes of each level, which one is used and why. */
export function RouteTable({
  record,
  compared,
}: {
  readonly record: ExamRecord
  readonly compared: ExamRecord
}) {
  const isStale = useViewer((state) => state.isStale)
  const requested = useViewer((state) => state.decisions.present.calibration.requested)
  const [hasParts, setParts] = useState(false)
  const levels = compared.results.spine.levels.map(({ level }) => level)
  const rows = routeRows(record, compared)
  return (
    <section className="routes" aria-label={phrase('viewer.routes.title')}>
      <div className="row routes-bar">
        <h3>{phrase('viewer.routes.title')}</h3>
        <Button
          tone={requested === 'all' ? 'plain' : 'strong'}
          aria-pressed={requested === 'all'}
          onPress={() => choose('all')}
        >
          {phrase('viewer.routes.compareAll')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: many levels scroll sideways, and keys must reach them */}
      <section className="routes-scroll" tabIndex={0} aria-label={phrase('viewer.routes.table')}>
        <table className="table route-table" data-testid="routes" data-stale={isStale || undefined}>
          <thead>
            <tr>
              <th scope="col">{phrase('viewer.routes.route')}</th>
              {levels.map((level) => (
                <th key={level} scope="col">
                  {level} mg/cm³
                </th>
              ))}
            </tr>
          </thead>
          {rows.map((row) => (
            <tbody key={row.route} data-route={row.route} data-status={row.status}>
              <tr data-selected={row.isUsed || undefined}>
                <th scope="row">
                  <RouteName row={row} />
                </th>
                {row.route === 'hu-only' && levels.length > 0 ? (
                  <td colSpan={levels.length} className="muted">
                    {row.status === 'done' ? phrase('viewer.routes.noDensity') : '—'}
                  </td>
                ) : (
                  row.cells.map((cell) => (
                    <td key={cell.level} data-level={cell.level}>
                      <RouteCellView cell={cell} reason={row.reason} hasParts={hasParts} />
                    </td>
                  ))
                )}
              </tr>
              <tr data-selected={row.isUsed || undefined}>
                <td className="route-standing" colSpan={levels.length + 1}>
                  <RouteStanding row={row} record={record} compared={compared} />
                </td>
              </tr>
            </tbody>
          ))}
        </table>
      </section>
      <Tick label={phrase('viewer.routes.parts')} isOn={hasParts} onChange={setParts} />
      {hasParts ? <p className="muted hint">{phrase('viewer.routes.partsHint')}</p> : null}
      {compared === record ? null : <p className="muted hint">{phrase('viewer.routes.compared')}</p>}
    </section>
  )
}

const choose = (request: NonNullable<RouteRow['request']>) =>
  session.decide(
    phrase('viewer.edit.calibration', { choice: phrase(`viewer.calibration.${request}`) }),
    chooseRoute(request),
  )

/** The name of a route; a button where choosing it would change something. */
function RouteName({ row: { route, request, isUsed } }: { readonly row: RouteRow }): ReactNode {
  const name = phrase(`report.route.name.${route}`)
  return request === null ? (
    <>
      {isUsed ? (
        <span className="route-used" aria-hidden="true">
          ●
        </span>
      ) : null}
      <span className="route-name">{name}</span>
    </>
  ) : (
    <Button
      tone="quiet"
      aria-label={phrase('viewer.routes.use', { route: name })}
      onPress={() => choose(request)}
    >
      <span className="route-name">{name}</span>
    </Button>
  )
}
