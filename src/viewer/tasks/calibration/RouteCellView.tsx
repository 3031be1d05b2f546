import { phrase } from '../../../core/words/words.ts'
import type { LevelByCalibration } from '../../../exam/record/routeResults.ts'
import { Missing, Reading } from '../../ui/Reading.tsx'
import { signedNumber } from '../../ui/signedNumber.ts'
import type { RouteCell } from './routeRows.ts'

/** One route at one level: the density with its doubt, the parts of it on demand, and how far it is from the used one. */
export function RouteCellView({
  cell: { value, fromUsed },
  reason,
  hasParts,
}: {
  readonly cell: RouteCell
  readonly reason: string | null
  readonly hasParts: boolean
}) {
  if (value === null) return <Missing reason={reason ?? phrase('viewer.value.notMeasured')} />
  return (
    <>
      <Reading
        value={value.vbmdMgPerCm3}
        uncertainty={value.uncertaintyMgPerCm3}
        unit=""
        reason={value.refusal?.message}
      />
      {fromUsed === null ? null : (
        <span className="doubt-text route-note">
          ▲{' '}
          {phrase('viewer.routes.fromUsed', {
            difference: signedNumber(fromUsed.differenceMgPerCm3, 1, true),
          })}
          {fromUsed.crossedCuts.length === 0
            ? null
            : `, ${phrase('viewer.routes.crosses', { cuts: fromUsed.crossedCuts })}`}
        </span>
      )}
      {hasParts && value.vbmdMgPerCm3 !== null ? <Parts parts={value.parts} /> : null}
    </>
  )
}

function Parts({ parts }: { readonly parts: LevelByCalibration['parts'] }) {
  // Only a phantom in the scan has its calibration's doubt taken apart.
  const isApart = parts.rodNoiseMgPerCm3 !== null
  const rows = [
    ['noise', parts.noiseMgPerCm3],
    ['calibration', parts.calibrationMgPerCm3],
    ...(isApart
      ? ([
          ['rods', parts.rodNoiseMgPerCm3],
          ['placement', parts.rodPlacementMgPerCm3],
          ['fit', parts.fitMgPerCm3],
          ['drift', parts.driftMgPerCm3],
          ['certificate', parts.certificateMgPerCm3],
        ] as const)
      : []),
  ] as const
  return (
    <span className="muted route-parts">
      {rows.map(([part, value]) => (
        <span key={part}>
          {phrase(`viewer.routes.part.${part}`)} {value?.toFixed(2) ?? '—'}
        </span>
      ))}
    </span>
  )
}
