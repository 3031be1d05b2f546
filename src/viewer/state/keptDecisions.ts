import { canonicalSha256 } from '../../exam/record/canonicalJson.ts'
import { decisionsSchema, type ExamDecisions } from '../../exam/record/decisions.ts'
import type { SourceSummary } from '../worker/examWorkerApi.ts'

const DATABASE = 'trabecula'
const STORE = 'decisions'
/** The mark by which a user allowed decisions to be kept in this browser. */
const LEAVE = 'trabecula.keepDecisions'

/** Decisions kept in this browser, and when. */
export interface KeptDecisions {
  readonly decisions: ExamDecisions
  /** ISO instant. */
  readonly savedAt: string
}

/** Whether the user allowed decisions to be kept here. Off unless allowed. */
export const mayKeep = (): boolean => localStorage.getItem(LEAVE) === 'yes'

/** Allows keeping, or forbids it; forbidding does not erase what is kept. */
export function allowKeeping(isAllowed: boolean): void {
  if (isAllowed) localStorage.setItem(LEAVE, 'yes')
  else localStorage.removeItem(LEAVE)
}

/**
 * The name under which an exam's decisions are kept: a hash, so that the browser's storage tells nothing of the
 * patient, and another patient's decisions are never met. Null for what has no identity of its own.
 */
export async function keepingKey({ kind, studyInstanceUid, patient }: SourceSummary): Promise<string | null> {
  return kind === 'study' && studyInstanceUid !== '' ? canonicalSha256({ studyInstanceUid, patient }) : null
}

/** Keeps decisions, in the place of earlier ones of the same exam. Rejects when the browser refuses. */
export const keepDecisions = (key: string, kept: KeptDecisions): Promise<unknown> =>
  inStore('readwrite', (store) => store.put(kept, key))

/** The decisions kept of an exam; null when there are none, or none that this version can read. */
export async function readKept(key: string): Promise<KeptDecisions | null> {
  const found = (await inStore('readonly', (store) => store.get(key))) as Partial<KeptDecisions> | undefined
  const decisions = decisionsSchema.safeParse(found?.decisions)
  return decisions.success && typeof found?.savedAt === 'string'
    ? { decisions: decisions.data, savedAt: found.savedAt }
    : null
}

/** Erases everything kept in this browser. */
export const eraseKept = (): Promise<unknown> => inStore('readwrite', (store) => store.clear())

function inStore(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(STORE, mode)
      const request = ask(transaction.objectStore(STORE))
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result)
      }
      transaction.onabort = () => {
        database.close()
        reject(transaction.error)
      }
    }
  })
}
