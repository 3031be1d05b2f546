import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/calibrationResult.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { DoubtList } from '../../ui/DoubtList.tsx'
import type { RouteRow } from './routeRows.ts'
import { TissueTable } from './TissueTable.tsx'

const SIGNS = { done: '✓', refused: '✕', 'not possible': '○', 'not tried': '○' } as const

/** How a route stands, in words: its state and why, its scale, what it may be used for, what it rests on, its doubts. */
export function RouteStanding({
  row,
  record,
  compared,
}: {
  readonly row: RouteRow
  readonly record: ExamRecord
  readonly compared: ExamRecord
}) {
  const { status, reason, mineral, isResearch, isLimited, isUsed, doubts, route } = row
  const calibration = compared.results.calibrations.find(({ id }) => id === route)
  return (
    <>
      <p className={status === 'refused' ? 'refusal-text' : 'muted'}>
        <span aria-hidden="true">{SIGNS[status]}</span> {phrase(`viewer.routes.state.${status}`)}.
        {reason === null ? '' : ` ${reason}`}
        {mineral === null ? '' : ` ${phrase(`report.mineral.${mineral}`)}.`}
        {calibration === undefined ? '' : ` ${restsOn(calibration)}`}
        {isUsed ? ` ${phrase(`viewer.routes.why.${record.decisions.calibration.why}`)}` : ''}
        {status !== 'done' || !(isResearch || isLimited) ? null : (
          <span className="mark route-mark">
            {phrase(isResearch ? 'viewer.routes.research' : 'viewer.routes.limited')}
          </span>
        )}
      </p>
      {calibration?.tissue == null ? null : <TissueTable by={calibration.tissue} />}
      {doubts.length === 0 ? null : (
        <details>
          <summary className="doubt-text">
            ▲ {phrase('viewer.routes.doubts', { count: doubts.length })}
          </summary>
          <DoubtList doubts={doubts} />
        </details>
      )}
    </>
  )
}

/** What of the scan or of a file a route rests on, in one sentence; nothing for a phantom, whose rods stand below. */
function restsOn({ asynchronous, tissue, dualEnergy }: CalibrationResult): string {
  const sentence = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
  if (asynchronous !== null)
    return sentence(phrase('viewer.routes.stored', { ...asynchronous, phantom: asynchronous.phantomSerial }))
  if (tissue?.effectiveEnergyKeV != null)
    return sentence(
      phrase('viewer.routes.energy', {
        energy: tissue.effectiveEnergyKeV.toFixed(1),
        error: tissue.effectiveEnergyStandardErrorKeV?.toFixed(1) ?? '—',
      }),
    )
  if (dualEnergy !== null)
    return sentence(
      phrase('viewer.routes.pair', {
        ...dualEnergy.pair,
        origin: phrase(
          dualEnergy.origin === 'phantom' ? 'report.technique.basisFromPhantom' : 'report.technique.byUser',
        ),
      }),
    )
  return ''
}
