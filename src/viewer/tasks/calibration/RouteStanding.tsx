import { phrase } from '../../../core/words/words.ts'
import type { CalibrationResult } from '../../../exam/record/calibrationResult.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { sentenceCase } from '../../ui/sentenceCase.ts'
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
  const isBehind = status === 'done' && !isUsed && row.request === null
  const calibration = compared.results.calibrations.find(({ id }) => id === route)
  return (
    <>
      {isUsed ? (
        <p className="route-why">{phrase(`viewer.routes.why.${record.decisions.calibration.why}`)}</p>
      ) : null}
      <p className={status === 'refused' ? 'refusal-text' : 'muted'}>
        <span aria-hidden="true">{SIGNS[status]}</span> {phrase(`viewer.routes.state.${status}`)}.
        {reason === null ? '' : ` ${reason}`}
        {mineral === null ? '' : ` ${sentence(phrase(`report.mineral.${mineral}`))}`}
        {calibration === undefined ? '' : ` ${restsOn(calibration)}`}
        {isBehind ? ` ${phrase('viewer.routes.behind')}` : ''}
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

const sentence = (text: string) => `${sentenceCase(text)}.`

/** What of the scan or of a file a route rests on, in one sentence; nothing for a phantom, whose rods stand below. */
function restsOn({ asynchronous, tissue, dualEnergy }: CalibrationResult): string {
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
