import type { ExamSummary } from '../../api/exams.ts'
import { phrase } from '../../core/words/words.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import type { SourceSummary } from '../worker/examWorkerApi.ts'
import { failureOf } from '../worker/outcome.ts'
import type { ExamSession } from './examSession.ts'
import { keepDecisions, keepingKey, mayKeep, readKept } from './keptDecisions.ts'
import { type ServerClient, ServerRefusal } from './serverClient.ts'
import { dismiss, notify, viewerStore } from './viewerStore.ts'

/** Decisions come in bursts; they are saved when there was none for this long, ms. */
const QUIET_MS = 1500

/**
 * Keeps the work: every record with a decision of the reader's goes to the server as a new version; without a server
 * the decisions stay in this browser if the user allowed it. What was kept of an exam is offered when it is opened
 * again, never taken over by itself.
 */
export class DecisionKeeper {
  readonly #server: ServerClient
  /** The exam's place in the registry; the version is the one the next save is based on. */
  #place = { examId: crypto.randomUUID() as string, version: 0 }
  #source: SourceSummary | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The notice that offers what is kept, while it stands. */
  #offer: number | null = null
  #saving: Promise<void> = Promise.resolve()

  constructor(server: ServerClient) {
    this.#server = server
  }

  /** Looks for what is kept whenever another exam comes on screen. */
  watch(session: ExamSession): void {
    viewerStore.subscribe(({ choice, drop }, before) => {
      if (choice?.sourceId === before.choice?.sourceId && drop === before.drop) return
      const source = drop?.sources.find(({ id }) => id === choice?.sourceId) ?? null
      if (source === null || source === this.#source) return
      this.#source = source
      this.#place = { examId: crypto.randomUUID(), version: 0 }
      clearTimeout(this.#timer)
      this.#withdraw()
      void this.#lookFor(source, session)
    })
  }

  /** A record that holds the present decisions is there: it is saved when decisions rest. */
  onRecord(record: ExamRecord): void {
    const { decisions } = viewerStore.getState()
    const hasDecision = decisions.past.length > 0 || record.signatures.length > 0
    if (!hasDecision) return
    // What was kept would now undo what was decided since, even a signature.
    this.#withdraw()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(record), record.signatures.length > 0 ? 0 : QUIET_MS)
  }

  /** Goes on with an exam of the registry whose images are on screen; a later save is its next version. */
  async goOnWith(examId: string, session: ExamSession): Promise<void> {
    this.#withdraw()
    try {
      const { version, record } = await this.#server.readExam(examId)
      if (!session.takeOver(record)) return
      clearTimeout(this.#timer)
      this.#place = { examId, version }
    } catch (thrown) {
      const failure = thrown instanceof ServerRefusal ? thrown.failure : failureOf(thrown)
      notify({ tone: 'refusal', text: failure.message })
    }
  }

  #withdraw(): void {
    if (this.#offer !== null) dismiss(this.#offer)
    this.#offer = null
  }

  #save(record: ExamRecord): void {
    const place = this.#place
    this.#saving = this.#saving.then(async () => {
      const { server } = viewerStore.getState()
      if (typeof server !== 'string' && !mayKeep()) return
      viewerStore.setState({ saved: { kind: 'saving' } })
      try {
        if (typeof server === 'string') await this.#saveThere(place, record)
        else await this.#saveHere(record)
      } catch (thrown) {
        const failure = thrown instanceof ServerRefusal ? thrown.failure : failureOf(thrown)
        viewerStore.setState({ saved: { kind: 'failed', failure } })
        const isConflict = failure.code === 'EXAM_VERSION_CONFLICT'
        notify({
          tone: 'refusal',
          text: isConflict ? phrase('viewer.keep.conflict') : failure.message,
          ...(isConflict
            ? {}
            : {
                action: { label: phrase('viewer.keep.again'), run: () => this.#save(record) },
              }),
        })
      }
    })
  }

  async #saveThere(place: { readonly examId: string; version: number }, record: ExamRecord): Promise<void> {
    const { version, savedAt } = await this.#server.saveExam(place.examId, place.version, record)
    place.version = version
    viewerStore.setState({ saved: { kind: 'saved', at: savedAt, where: 'server' } })
  }

  async #saveHere({ decisions }: ExamRecord): Promise<void> {
    const key = this.#source === null ? null : await keepingKey(this.#source)
    if (key === null) return viewerStore.setState({ saved: { kind: 'none' } })
    const savedAt = new Date().toISOString()
    await keepDecisions(key, { decisions, savedAt })
    viewerStore.setState({ saved: { kind: 'saved', at: savedAt, where: 'browser' } })
  }

  /** Says what is kept of an exam, with a button that takes it over. */
  async #lookFor(source: SourceSummary, session: ExamSession): Promise<void> {
    try {
      if (typeof viewerStore.getState().server === 'string') await this.#offerThere(source, session)
      else if (mayKeep()) await this.#offerHere(source, session)
    } catch (thrown) {
      notify({ tone: 'doubt', text: failureOf(thrown).message })
    }
  }

  async #offerThere(source: SourceSummary, session: ExamSession): Promise<void> {
    if (source.studyInstanceUid === '') return
    const newest = await this.#server.newestOfStudy(source.studyInstanceUid)
    if (newest === null || !isOfSource(newest, source) || source !== this.#source) return
    const words = newest.signed ? 'viewer.keep.foundSigned' : 'viewer.keep.foundServer'
    this.#offer = notify({
      tone: 'plain',
      text: phrase(words, { time: timeOf(newest.savedAt) }),
      action: {
        label: phrase('viewer.keep.takeOver'),
        run: () => void this.goOnWith(newest.examId, session),
      },
    })
  }

  async #offerHere(source: SourceSummary, session: ExamSession): Promise<void> {
    const key = await keepingKey(source)
    const kept = key === null ? null : await readKept(key)
    if (kept === null || source !== this.#source) return
    this.#offer = notify({
      tone: 'plain',
      text: phrase('viewer.keep.found', { time: timeOf(kept.savedAt) }),
      action: {
        label: phrase('viewer.keep.takeOver'),
        run: () => session.decide(phrase('viewer.edit.resume'), () => kept.decisions),
      },
    })
  }
}

/** Whether an exam of the registry is one of these images. */
export const isOfSource = (
  { studyInstanceUid, patientId }: Pick<ExamSummary, 'studyInstanceUid' | 'patientId'>,
  source: SourceSummary,
): boolean =>
  source.studyInstanceUid !== '' &&
  studyInstanceUid === source.studyInstanceUid &&
  // A study's UID alone is no proof: careless copies give it to two patients.
  patientId === (source.patient?.patientId || null)

/** An instant as date and minute in the reader's own time zone. */
export function timeOf(iso: string): string {
  const at = new Date(iso)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}
