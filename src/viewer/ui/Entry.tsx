import { useEffect, useState } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'

/**
 * A labelled text that is handed over when it is finished (on leaving the field or Enter), not letter by letter: one
 * decision, one step of the history.
 */
export function Entry({
  label,
  value,
  hint,
  isLong = false,
  isDisabled = false,
  faultOf,
  onDone,
}: {
  readonly label: string
  readonly value: string
  readonly hint?: string
  readonly isLong?: boolean
  readonly isDisabled?: boolean
  /** What is wrong with a text; null when nothing is. A faulty text is not handed over. */
  readonly faultOf?: (text: string) => string | null
  readonly onDone: (text: string) => void
}) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const fault = faultOf?.(text.trim()) ?? null
  const finish = () => {
    if (fault === null && text.trim() !== value) onDone(text.trim())
  }
  return (
    <TextField
      className="field"
      value={text}
      isDisabled={isDisabled}
      isInvalid={fault !== null}
      onChange={setText}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isLong) finish()
      }}
    >
      <Label>{label}</Label>
      {isLong ? <TextArea className="input" rows={3} /> : <Input className="input" />}
      {hint === undefined ? null : (
        <Text slot="description" className="muted hint">
          {hint}
        </Text>
      )}
      <FieldError className="fault">{fault}</FieldError>
    </TextField>
  )
}
