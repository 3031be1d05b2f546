import { useEffect, useState } from 'react'
import type { ExamList, ExamSummary } from '../../../api/exams.ts'
import { phrase } from '../../../core/words/words.ts'
import { isOfSource, timeOf } from '../../state/decisionKeeper.ts'
import { keeper, server, session } from '../../state/session.ts'
import { goTo } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { failureOf } from '../../worker/outcome.ts'

/** The exams that the server keeps, the newest save first; nothing where it keeps none, or where there is no server. */
export function WorkList() {
  const hasServer = useViewer((state) => typeof state.server === 'string')
  const saved = useViewer((state) => state.saved)
  const [list, setList] = useState<ExamList | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a save changes the list
  useEffect(() => {
    if (!hasServer) return
    let isWanted = true
    server.listExams().then(
      (found) => {
        if (!isWanted) return
        setFailure(null)
        setList(found)
      },
      (thrown) => {
        if (isWanted) setFailure(failureOf(thrown).message)
      },
    )
    return () => {
      isWanted = false
    }
  }, [hasServer, saved])
  if (failure !== null) return <p className="refusal-text">✕ {failure}</p>
  if (list === null || list.total === 0) return null
  return (
    <section className="source work-list" aria-labelledby="work-list">
      <h3 id="work-list">{phrase('viewer.workList.title')}</h3>
      <p className="muted">{phrase('viewer.workList.hint')}</p>
      <table className="table">
        <thead>
          <tr>
            {(['patient', 'id', 'examDate', 'state', 'saved', 'open'] as const).map((column) => (
              <th key={column} scope="col" className="left">
                {phrase(`viewer.workList.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.exams.map((exam) => (
            <Row key={exam.examId} exam={exam} />
          ))}
        </tbody>
      </table>
      {list.total > list.exams.length ? (
        <p className="muted">
          {phrase('viewer.workList.more', { shown: list.exams.length, total: list.total })}
        </p>
      ) : null}
    </section>
  )
}

function Row({ exam }: { readonly exam: ExamSummary }) {
  const isHidden = useViewer((state) => state.isIdentityHidden)
  const source = useViewer((state) => state.drop?.sources.find(({ id }) => id === state.choice?.sourceId))
  const isOnScreen = useViewer((state) => state.volume !== null)
  const isHere = source !== undefined && isOnScreen && isOfSource(exam, source)
  const state = exam.status === 'refused' ? 'refused' : exam.signed ? 'signed' : 'draft'
  return (
    <tr data-exam={exam.examId}>
      <td>{isHidden ? phrase('viewer.banner.hidden') : (exam.patientName?.replaceAll('^', ' ') ?? '—')}</td>
      <td className="left">{isHidden ? '—' : (exam.patientId ?? '—')}</td>
      <td className="left">{exam.studyDate ?? '—'}</td>
      <td className="left">{phrase(`viewer.workList.stateIs.${state}`)}</td>
      <td className="left">{timeOf(exam.savedAt)}</td>
      <td className="left">
        {isHere ? (
          <Button
            onPress={() => {
              goTo(exam.signed ? 'report' : 'spine')
              void keeper.goOnWith(exam.examId, session)
            }}
          >
            {phrase('viewer.keep.takeOver')}
          </Button>
        ) : (
          <span className="muted">{phrase('viewer.workList.needsImages')}</span>
        )}
      </td>
    </tr>
  )
}
