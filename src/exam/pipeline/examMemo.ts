/**
 * Remembers what was found in one volume, so that a run after an edit repeats only what the edit touches. It belongs
 * to that volume alone: another volume needs another memo.
 */
export type ExamMemo = <T>(key: unknown, find: () => T) => T

/** A memo that keeps every finding by its key (compared as JSON). A failure is not kept. */
export function examMemo(): ExamMemo {
  const kept = new Map<string, unknown>()
  return <T>(key: unknown, find: () => T): T => {
    const name = JSON.stringify(key)
    if (!kept.has(name)) kept.set(name, find())
    return kept.get(name) as T
  }
}

/** No memory: everything is found anew. */
export const NO_MEMO: ExamMemo = (_key, find) => find()
