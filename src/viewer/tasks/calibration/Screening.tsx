import { reportPopulation } from '../../../core/report/population.ts'
import { COVERAGE_FACTOR } from '../../../core/spine/meanVbmd.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { DoubtList } from '../../ui/DoubtList.tsx'
import { Reading } from '../../ui/Reading.tsx'

/** The screening attenuation of L1 on its own line, with its cut points and who found them; apart from every density. */
export function Screening({ record: { results, inputs } }: { readonly record: ExamRecord }) {
  const { screening } = results.spine
  const isChild = reportPopulation(inputs.patient).population === 'C'
  return (
    <section aria-label={phrase('viewer.screening.title')} data-testid="screening">
      <h3>{phrase('viewer.screening.title')}</h3>
      {screening === null ? (
        <p className="muted">{phrase('viewer.screening.notAsked')}</p>
      ) : screening.attenuationHu === null ? (
        <p className="refusal-text">
          ✕ {phrase('report.screening.refused', { reason: screening.refusal?.message ?? '' })}
        </p>
      ) : (
        <>
          <p>
            <span className="muted">{phrase('viewer.screening.value')}</span>{' '}
            <Reading
              value={screening.attenuationHu}
              uncertainty={
                screening.standardErrorHu === null ? null : COVERAGE_FACTOR * screening.standardErrorHu
              }
              unit="HU"
            />
          </p>
          <p className="muted hint">{phrase('viewer.screening.note')}</p>
          {isChild ? (
            <p className="muted">{phrase('viewer.screening.child')}</p>
          ) : (
            <ul className="screening-cuts">
              {screening.comparisons.map(({ side, cutHu, met, certain, finding, citation }) => (
                <li key={`${side} ${cutHu} ${finding}`} data-met={met || undefined}>
                  <span>
                    {phrase('viewer.screening.cut', {
                      side: phrase(`report.screening.side.${side}`),
                      cut: cutHu,
                    })}{' '}
                    <strong>
                      {phrase(met ? 'report.screening.met' : 'report.screening.notMet')}
                      {certain ? '' : phrase('report.screening.uncertain')}
                    </strong>
                  </span>
                  <span className="muted">
                    {phrase(`report.screening.finding.${finding}`)} ({citation})
                  </span>
                </li>
              ))}
            </ul>
          )}
          <DoubtList doubts={screening.warnings} />
        </>
      )}
    </section>
  )
}
