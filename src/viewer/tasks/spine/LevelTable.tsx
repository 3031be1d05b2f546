import { phrase } from '../../../core/words/words.ts'
import { selectLevel } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Missing, Reading } from '../../ui/Reading.tsx'

/** Every level with its numbers; a real table, each row's name a button that shows the level. */
export function LevelTable() {
  const levels = useViewer((state) => state.record?.results.spine.levels)
  const rois = useViewer((state) => state.decisions.present.rois)
  const selected = useViewer((state) => state.selectedLevel)
  if (levels === undefined) return <p className="muted">{phrase('viewer.spine.notYet')}</p>
  return (
    <table className="table" data-testid="levels">
      <thead>
        <tr>
          <th scope="col">{phrase('viewer.spine.level')}</th>
          <th scope="col">{phrase('viewer.spine.density')} mg/cm³</th>
          <th scope="col">HU</th>
          <th scope="col">{phrase('viewer.spine.sd')}</th>
          <th scope="col">{phrase('viewer.spine.voxels')}</th>
          <th scope="col">{phrase('viewer.spine.tilt')}</th>
          <th scope="col">{phrase('viewer.spine.doubts')}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map((row) => {
          const { level, refusal, meanHu, sdHu, n, tiltDeg, warnings } = row
          const reason = refusal?.message ?? phrase('viewer.spine.huOnly')
          const placement = rois.find((roi) => roi.level === level)?.placement
          return (
            <tr key={level} data-selected={level === selected || undefined} data-level={level}>
              <td>
                <Button
                  tone="quiet"
                  aria-label={phrase('viewer.spine.select', { level })}
                  aria-pressed={level === selected}
                  onPress={() => selectLevel(level)}
                >
                  {level}
                </Button>
                {placement === undefined ? null : (
                  <span className="muted placement">{phrase(`viewer.spine.placement.${placement}`)}</span>
                )}
              </td>
              <td>
                <Reading
                  value={row.vbmdMgPerCm3}
                  uncertainty={row.uncertaintyMgPerCm3}
                  unit=""
                  reason={reason}
                />
              </td>
              <td>{meanHu === null ? <Missing reason={reason} /> : meanHu.toFixed(1)}</td>
              <td>{sdHu === null ? '' : sdHu.toFixed(1)}</td>
              <td>{n ?? ''}</td>
              <td>{tiltDeg === null ? '' : `${tiltDeg.toFixed(1)}°`}</td>
              <td>
                {refusal === null ? null : (
                  <span className="refusal-text" title={refusal.message}>
                    ✕
                  </span>
                )}
                {warnings.length === 0 ? null : (
                  <span className="doubt-text" title={warnings.map(({ message }) => message).join('\n')}>
                    ▲{warnings.length}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
