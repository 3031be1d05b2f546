import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { session } from '../../state/session.ts'
import { notify } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import type { MadeFile, Outcome, ReportForm } from '../../worker/examWorkerApi.ts'
import { saveFile } from './saveFile.ts'

const FORMS = ['pdf', 'html', 'text', 'csv', 'doseCsv', 'json'] as const satisfies readonly ReportForm[]

/** The report, the table, the record and the figures as files, made by the worker from the record. */
export function Exports({ record }: { readonly record: ExamRecord }) {
  const save = (made: Outcome<readonly MadeFile[]>) => {
    if (made.ok) for (const file of made.value) saveFile(file)
    notify(
      made.ok
        ? { tone: 'plain', text: phrase('viewer.report.made', { name: made.value.map(({ name }) => name) }) }
        : { tone: 'refusal', text: phrase('viewer.report.saveFailed', { reason: made.failure.message }) },
    )
  }
  const hasDose = (record.results.dose?.events ?? []).length > 0
  return (
    <div className="row">
      {FORMS.filter((form) => form !== 'doseCsv' || hasDose).map((form) => (
        <Button
          key={form}
          tone={form === 'pdf' ? 'strong' : 'plain'}
          onPress={() =>
            void session.client
              .report(record, form)
              .then((made) => save(made.ok ? { ok: true, value: [made.value] } : made))
          }
        >
          {phrase(`viewer.report.${form}`)}
        </Button>
      ))}
      <Button onPress={() => void session.client.figures(record).then(save)}>
        {phrase('viewer.report.figures')}
      </Button>
    </div>
  )
}
