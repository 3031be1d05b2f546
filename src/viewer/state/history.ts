/** One step that can be taken back: what was done, and how things stood before it. */
interface Step<T> {
  readonly label: string
  readonly state: T
}

/** A value with every change of it, each under the words that undo and redo say. */
export interface History<T> {
  readonly present: T
  readonly past: readonly Step<T>[]
  readonly future: readonly Step<T>[]
}

/** Steps kept; a reader who takes back more than this starts the level again. */
const MOST_STEPS = 200

/** A history that begins with a value. */
export const historyOf = <T>(present: T): History<T> => ({ present, past: [], future: [] })

/** The history with one more step. What had been undone is gone. */
export function withStep<T>({ present, past }: History<T>, label: string, next: T): History<T> {
  return { present: next, past: [...past, { label, state: present }].slice(-MOST_STEPS), future: [] }
}

/** The history with its present replaced, and no step: what the program found, not what a person decided. */
export const withPresent = <T>(history: History<T>, present: T): History<T> => ({ ...history, present })

/** The history one step back, and the words of that step; null when there is none. */
export function undone<T>({ present, past, future }: History<T>): {
  readonly history: History<T>
  readonly label: string
} | null {
  const step = past.at(-1)
  if (step === undefined) return null
  return {
    label: step.label,
    history: {
      present: step.state,
      past: past.slice(0, -1),
      future: [{ label: step.label, state: present }, ...future],
    },
  }
}

/** The history one step forward again, and the words of that step; null when there is none. */
export function redone<T>({ present, past, future }: History<T>): {
  readonly history: History<T>
  readonly label: string
} | null {
  const [step, ...rest] = future
  if (step === undefined) return null
  return {
    label: step.label,
    history: { present: step.state, past: [...past, { label: step.label, state: present }], future: rest },
  }
}
