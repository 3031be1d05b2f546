import { routeLabel } from '../../../core/report/sections/calibration.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { Reading } from '../../ui/Reading.tsx'

/** The mean of the levels and what it means: its category, or why none is given. */
export function MeanNumbers({ record }: { readonly record: ExamRecord }) {
  const { spine } = record.results
  const levels = spine.levels.filter(({ vbmdMgPerCm3 }) => vbmdMgPerCm3 !== null).map(({ level }) => level)
  return (
    <div className="mean">
      <p>
        <span className="muted">
          {levels.length === 0 ? phrase('viewer.spine.mean') : phrase('viewer.spine.meanOf', { levels })}
        </span>{' '}
        <Reading
          value={spine.meanVbmdMgPerCm3}
          uncertainty={spine.meanUncertaintyMgPerCm3}
          unit="mg/cm³"
          reason={spine.categoryWithheld?.message}
        />
      </p>
      {routeLabel(record).map(({ text }) => (
        <p key={text} className="doubt-text">
          ▲ {text}
        </p>
      ))}
      <p>
        <span className="muted">{phrase('viewer.spine.category')}</span>{' '}
        {spine.category === null ? (
          <>
            {phrase('viewer.spine.noCategory')}.{' '}
            <span className="muted">{spine.categoryWithheld?.message}</span>
          </>
        ) : (
          phrase(`report.category.${spine.category}`)
        )}
      </p>
    </div>
  )
}
