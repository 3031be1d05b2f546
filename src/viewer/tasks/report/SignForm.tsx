import { useState } from 'react'
import { Input, Label, TextArea, TextField } from 'react-aria-components'
import { phrase } from '../../../core/words/words.ts'
import type { ExamRecord } from '../../../exam/record/examRecord.ts'
import { timeOf } from '../../state/decisionKeeper.ts'
import { session } from '../../state/session.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'

/** Signing by typed name and role, said to be not authenticated; a signed report takes addenda and next versions. */
export function SignForm({ record, isSigned }: { readonly record: ExamRecord; readonly isSigned: boolean }) {
  const isStale = useViewer((state) => state.isStale)
  const isBusy = useViewer((state) => state.running !== null)
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const [addendum, setAddendum] = useState('')
  const isFilled = name.trim() !== '' && role.trim() !== ''
  const canSign = isFilled && !isStale && !isBusy
  return (
    <div className="sign-form">
      {record.signatures.map((signature) => (
        <div key={signature.sha256} className="signature">
          <p>
            {phrase('viewer.report.signedBy', {
              name: signature.name,
              role: signature.role,
              time: timeOf(signature.signedAt),
            })}
          </p>
          {signature.text === null ? null : <p>{signature.text}</p>}
          <p className="muted hash">{phrase('viewer.report.hash', { hash: signature.sha256 })}</p>
        </div>
      ))}
      <p className="muted">{phrase(isSigned ? 'viewer.report.signed' : 'viewer.report.signHint')}</p>
      <TextField className="field" value={name} onChange={setName}>
        <Label>{phrase('viewer.report.name')}</Label>
        <Input className="input" autoComplete="off" />
      </TextField>
      <TextField className="field" value={role} onChange={setRole}>
        <Label>{phrase('viewer.report.role')}</Label>
        <Input className="input" autoComplete="off" />
      </TextField>
      <p className="doubt-text">▲ {phrase('viewer.report.notAuthenticated')}</p>
      {isSigned ? (
        <>
          <TextField className="field" value={addendum} onChange={setAddendum}>
            <Label>{phrase('viewer.report.addendum')}</Label>
            <TextArea className="input" rows={2} />
          </TextField>
          <div className="row">
            <Button
              isDisabled={!canSign || addendum.trim() === ''}
              onPress={() =>
                void session.sign(name.trim(), role.trim(), addendum.trim()).then((isDone) => {
                  if (isDone) setAddendum('')
                })
              }
            >
              {phrase('viewer.report.addendum')}
            </Button>
            <Button onPress={() => session.revise()}>{phrase('viewer.report.newVersion')}</Button>
          </div>
        </>
      ) : (
        <div className="row">
          <Button
            tone="strong"
            isDisabled={!canSign}
            onPress={() => void session.sign(name.trim(), role.trim(), null)}
          >
            {phrase('viewer.report.sign')}
          </Button>
        </div>
      )}
    </div>
  )
}
