import { reportPopulation } from '../../../core/report/population.ts'
import { phrase } from '../../../core/words/words.ts'
import type { ExamPatient } from '../../../exam/record/inputs.ts'
import { PATIENT_FACTS, type PatientSheet } from '../../../exam/record/patientSheet.ts'
import { statePatient } from '../../state/decisionEdits.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Entry } from '../../ui/Entry.tsx'
import { type SheetFact, typedValue } from './typedValue.ts'
import './patient.css'

const NOT_STATED = 'not-stated'
const TEXTS = ['indication', 'priorFracture', 'treatment'] as const
const NUMBERS = ['heightCm', 'weightKg'] as const

/** The patient sheet: every fact with who said so, asked before the report. */
export function PatientPanel() {
  const patient = useViewer((state) => state.record?.inputs.patient ?? null)
  const sheet = useViewer((state) => state.decisions.present.patient)
  return (
    <section className="panel">
      <h2>{phrase('viewer.patient.title')}</h2>
      <p className="muted">{phrase('viewer.patient.intro')}</p>
      <Population patient={patient} />
      <ChoiceFact
        fact="sex"
        options={PATIENT_FACTS.sex.options.map((key) => ({
          key,
          words: phrase(`viewer.patient.sex.${key}`),
        }))}
        patient={patient}
        sheet={sheet}
      />
      <EntryFact fact="birthDate" patient={patient} sheet={sheet} />
      {patient?.birthDate == null ? <EntryFact fact="ageYears" patient={patient} sheet={sheet} /> : null}
      {NUMBERS.map((fact) => (
        <EntryFact key={fact} fact={fact} patient={patient} sheet={sheet} />
      ))}
      <ChoiceFact
        fact="menopausalStatus"
        options={PATIENT_FACTS.menopausalStatus.options.map((key) => ({
          key,
          words: phrase(`viewer.patient.menopausal.${key}`),
        }))}
        patient={patient}
        sheet={sheet}
      />
      {TEXTS.map((fact) => (
        <EntryFact
          key={fact}
          fact={fact}
          patient={patient}
          sheet={sheet}
          isLong
          hint={phrase(`viewer.patient.hint.${fact}`)}
        />
      ))}
    </section>
  )
}

interface FactProps<K extends SheetFact> {
  readonly fact: K
  readonly patient: ExamPatient | null
  readonly sheet: PatientSheet
}

const decideFact = <K extends SheetFact>(fact: K, value: PatientSheet[K]) =>
  session.decide(
    phrase('viewer.edit.patient', { fact: phrase(`viewer.patient.fact.${fact}`) }),
    statePatient(fact, value),
  )

/** Who said a fact, and a way back to what the files say. */
function Source({ fact, patient, sheet }: FactProps<SheetFact>) {
  const source = sheet[fact] !== null ? 'typed' : (patient?.sources[fact] ?? 'none')
  return (
    <span className="fact-source">
      <span className={source === 'none' ? 'muted' : ''}>{phrase(`viewer.patient.source.${source}`)}</span>
      {sheet[fact] === null ? null : (
        <Button
          tone="quiet"
          aria-label={`${phrase('viewer.patient.useFiles')}: ${phrase(`viewer.patient.fact.${fact}`)}`}
          onPress={() => decideFact(fact, null)}
        >
          ↺
        </Button>
      )}
    </span>
  )
}

function EntryFact<K extends SheetFact>({
  isLong = false,
  hint,
  ...props
}: FactProps<K> & { readonly isLong?: boolean; readonly hint?: string }) {
  const { fact, patient, sheet } = props
  const known = sheet[fact] ?? patient?.[fact] ?? null
  const faultOf = (text: string) => {
    const read = typedValue(fact, text)
    return read.ok ? null : read.problem
  }
  return (
    <div className="fact" data-fact={fact}>
      <Entry
        label={phrase(`viewer.patient.fact.${fact}`)}
        value={typeof known === 'number' ? String(Number(known.toFixed(1))) : (known ?? '')}
        isLong={isLong}
        {...(hint === undefined ? {} : { hint })}
        faultOf={faultOf}
        onDone={(text) => {
          const read = typedValue(fact, text)
          if (read.ok) decideFact(fact, read.value)
        }}
      />
      <Source {...props} />
    </div>
  )
}

function ChoiceFact<K extends 'sex' | 'menopausalStatus'>({
  options,
  ...props
}: FactProps<K> & {
  readonly options: readonly { readonly key: NonNullable<PatientSheet[K]>; readonly words: string }[]
}) {
  const { fact, patient, sheet } = props
  return (
    <div className="fact" data-fact={fact}>
      <Choice<string>
        label={phrase(`viewer.patient.fact.${fact}`)}
        value={sheet[fact] ?? patient?.[fact] ?? NOT_STATED}
        options={[{ key: NOT_STATED, words: phrase('viewer.patient.notStated') }, ...options]}
        onChange={(key) => decideFact(fact, options.find((known) => known.key === key)?.key ?? null)}
      />
      <Source {...props} />
    </div>
  )
}

/** Whose reporting rules hold, or which fact is missing to tell. */
function Population({ patient }: { readonly patient: ExamPatient | null }) {
  if (patient === null) return null
  const verdict = reportPopulation(patient)
  return verdict.population === null ? (
    <p className="doubt-text">
      ▲{' '}
      {phrase('viewer.patient.populationMissing', {
        fact: phrase(`viewer.patient.missing.${verdict.missing}`),
      })}
    </p>
  ) : (
    <p>
      <span className="muted">{phrase('viewer.patient.population')}:</span>{' '}
      {phrase(`viewer.patient.populationIs.${verdict.population}`)}
    </p>
  )
}
