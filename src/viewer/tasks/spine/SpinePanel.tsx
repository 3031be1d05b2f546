import { phrase } from '../../../core/words/words.ts'
import { confirm } from '../../state/decisionEdits.ts'
import { session } from '../../state/session.ts'
import { nextDoubt } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { Tick } from '../../ui/Tick.tsx'
import { LevelActions } from './LevelActions.tsx'
import { LevelNumbers } from './LevelNumbers.tsx'
import { LevelTable } from './LevelTable.tsx'
import { MeanNumbers } from './MeanNumbers.tsx'
import './spine.css'

/** The vertebrae: the selected one's number first, then what it means, what it rests on, what to doubt. */
export function SpinePanel() {
  const record = useViewer((state) => state.record)
  const selected = useViewer((state) => state.selectedLevel)
  const confirmations = useViewer((state) => state.decisions.present.confirmations)
  const result = record?.results.spine.levels.find(({ level }) => level === selected) ?? null
  // What the reader left out is the reader's decision and stands beside the number; it is nothing to doubt.
  const refusal = result?.refusal?.code === 'LEVEL_EXCLUDED' ? null : (result?.refusal ?? null)
  const tick = (what: 'levelNaming' | 'readForFractures', label: string) => (
    <Tick
      label={label}
      isOn={confirmations.includes(what)}
      onChange={(isOn) =>
        session.decide(
          phrase(isOn ? 'viewer.edit.confirm' : 'viewer.edit.unconfirm', { what: label }),
          confirm(what, isOn),
        )
      }
    />
  )
  return (
    <section className="panel">
      <h2>{phrase('viewer.spine.title')}</h2>
      {record?.refusal === undefined ? null : <p className="refusal-text">✕ {record.refusal.message}</p>}
      <LevelNumbers result={result} record={record} />
      {result === null || (result.warnings.length === 0 && refusal === null) ? null : (
        <>
          <h3>{phrase('viewer.doubts.title')}</h3>
          {refusal === null ? null : <p className="refusal-text">✕ {refusal.message}</p>}
          <DoubtList doubts={result.warnings} />
        </>
      )}
      <LevelActions />
      <h3>{phrase('viewer.spine.table')}</h3>
      <LevelTable />
      {record === null ? null : <MeanNumbers record={record} />}
      {tick('levelNaming', phrase('viewer.spine.named'))}
      {tick('readForFractures', phrase('viewer.spine.fractures'))}
      <div className="row">
        <Button onPress={() => nextDoubt()}>{phrase('viewer.doubts.next')} ⏎</Button>
      </div>
    </section>
  )
}
