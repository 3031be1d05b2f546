import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import type { LevelResult } from '../../../exam/record/results.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Reading } from '../../ui/Reading.tsx'
import { RouteMark } from '../../ui/RouteMark.tsx'

/** The number of the selected level, under the hand as it moves, and what it rests on. */
export function LevelNumbers({
  result,
  record,
}: {
  readonly result: LevelResult | null
  readonly record: ExamRecord | null
}) {
  const level = useViewer((state) => state.selectedLevel)
  const dragged = useViewer((state) => state.dragged?.level ?? null)
  const live = useViewer((state) => state.live)
  const liveFailure = useViewer((state) => state.liveFailure)
  const isStale = useViewer((state) => state.isStale)
  if (level === null) return <p className="muted">{phrase('viewer.spine.notYet')}</p>
  const isLive = dragged === level
  const shown = isLive && live?.level === level ? live : isLive ? null : result
  const meanHu = shown?.meanHu ?? null
  const sdHu = shown?.sdHu ?? null
  const n = shown?.n ?? null
  const reason = (isLive ? liveFailure?.message : result?.refusal?.message) ?? phrase('viewer.spine.notYet')
  const route = record?.results.calibration.method ?? 'none'
  // Dual energy reads a second series: under the hand its number waits until the hand has let go.
  const isCalibrated = route !== 'none' && !(isLive && route === 'dual-energy')
  return (
    <div className="level-numbers" data-live={isLive || undefined} data-stale={isStale || undefined}>
      <div className="level-head">
        <span className="level-name">{level}</span>
        <output data-testid="level-value">
          {isCalibrated ? (
            <Reading
              isLarge
              value={shown?.vbmdMgPerCm3 ?? null}
              uncertainty={shown?.uncertaintyMgPerCm3 ?? null}
              unit="mg/cm³"
              reason={reason}
              isDoubtComing={isLive}
            />
          ) : (
            <Reading isLarge value={meanHu} unit="HU" reason={reason} />
          )}
        </output>
      </div>
      <p className="muted level-rest">
        {meanHu === null ? reason : isCalibrated ? `${meanHu.toFixed(1)} HU` : ''}
        {sdHu === null ? '' : `   ${phrase('viewer.spine.sd')} ${sdHu.toFixed(1)}`}
        {n === null ? '' : `   ${phrase('viewer.spine.voxels')} ${n}`}
        {isLive || result?.tiltDeg == null
          ? ''
          : `   ${phrase('viewer.spine.tilt')} ${result.tiltDeg.toFixed(1)}°`}
      </p>
      <p className="level-route">{record === null ? null : <RouteMark route={route} />}</p>
      <p className="muted level-rest level-hint">
        {isLive
          ? `${phrase('viewer.spine.live')}${live !== null && !live.isSettled ? `, ${phrase('viewer.spine.settling')}` : ''}`
          : result?.refusal != null
            ? ''
            : isCalibrated
              ? phrase('viewer.spine.moveHint')
              : phrase('viewer.spine.huOnly')}
      </p>
    </div>
  )
}
