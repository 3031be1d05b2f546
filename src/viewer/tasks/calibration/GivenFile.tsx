import { type ReactNode, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { phrase } from '../../../core/words/words.ts'
import { type CalibrationFileKind, editOfFile } from '../../state/calibrationFiles.ts'
import { session } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import type { WorkerFailure } from '../../worker/examWorkerApi.ts'

/** A place where a file is given for a route: what was given, a button to give one, and why one was not taken. */
export function GivenFile({
  kind,
  isDisabled = false,
  allowsMultiple = false,
  children,
}: {
  readonly kind: CalibrationFileKind
  readonly isDisabled?: boolean
  readonly allowsMultiple?: boolean
  readonly children: ReactNode
}) {
  const [failures, setFailures] = useState<readonly (WorkerFailure & { readonly file: string })[]>([])
  const what = phrase(`viewer.given.${kind}`)
  const take = async (files: readonly File[]) => {
    const refused: (WorkerFailure & { readonly file: string })[] = []
    for (const file of files) {
      const read = await editOfFile(kind, file)
      if (read.ok) session.decide(phrase('viewer.edit.given', { what }), read.value)
      else refused.push({ ...read.failure, file: file.name })
    }
    setFailures(refused)
  }
  return (
    <li className="given-place" data-given={kind}>
      <span className="muted">{what}</span>
      <FileTrigger
        acceptedFileTypes={['.json', 'application/json']}
        allowsMultiple={allowsMultiple}
        onSelect={(list) => void take([...(list ?? [])])}
      >
        <Button isDisabled={isDisabled} aria-label={phrase('viewer.given.file', { what })}>
          {phrase('viewer.given.choose')}
        </Button>
      </FileTrigger>
      <ul className="given-items">{children}</ul>
      {failures.map(({ code, message, file }) => (
        <p key={`${file} ${message}`} className="fault given-fault" role="alert" data-code={code}>
          ✕ {file}: {message} ({code})
        </p>
      ))}
    </li>
  )
}
