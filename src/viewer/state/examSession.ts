import { indexPoint } from '../../core/geometry/lps.ts'
import { toLps } from '../../core/geometry/volumeGeometry.ts'
import type { VertebralLevel } from '../../core/units.ts'
import { phrase } from '../../core/words/words.ts'
import { requestOfDecisions } from '../../exam/pipeline/requestOfDecisions.ts'
import type { AsynchronousInputs } from '../../exam/record/calibrationInputs.ts'
import type { ExamRecord } from '../../exam/record/examRecord.ts'
import { reviseRecord } from '../../exam/record/reviseRecord.ts'
import { ExamClient } from '../worker/examClient.ts'
import type {
  DroppedFile,
  OpenedDrop,
  Outcome,
  SeriesChoice,
  SharedVolume,
  WorkerEvent,
  WorkerFailure,
} from '../worker/examWorkerApi.ts'
import { inPortions } from '../worker/inPortions.ts'
import type { WorkerMaker } from '../worker/workerLink.ts'
import { BLANK_DECISIONS, type DecidedVoi, type DecisionEdit, measureSeries } from './decisionEdits.ts'
import { historyOf, redone, undone, withPresent, withStep } from './history.ts'
import { withKept } from './keptCalibrations.ts'
import { EMPTY_EXAM } from './viewerState.ts'
import { notify, viewerStore } from './viewerStore.ts'

const { getState, setState } = viewerStore

/** What is kept elsewhere for a chosen series; null where nothing is. */
export type KeptFor = (drop: OpenedDrop | null, choice: SeriesChoice) => Promise<AsynchronousInputs | null>

/** Who is told when a record is there that holds the present decisions. */
export type RecordListener = (record: ExamRecord) => void

/**
 * One exam from the drop to the record: it asks the worker and puts what comes back into the store. Decisions change
 * here and nowhere else; every change is one step of the history, and results follow from the worker.
 */
export class ExamSession {
  readonly client: ExamClient
  readonly #onRecord: RecordListener
  readonly #keptFor: KeptFor
  /** Counts changes of the decisions: a record belongs to the decisions it was asked with. */
  #revision = 0
  #isMeasuring = false
  /** What is kept for the series on screen. */
  #kept: AsynchronousInputs | null = null
  #drop = 0

  constructor(
    make: WorkerMaker,
    onRecord: RecordListener = () => undefined,
    keptFor: KeptFor = async () => null,
  ) {
    this.#onRecord = onRecord
    this.#keptFor = keptFor
    this.client = new ExamClient(make, {
      onEvent: (event) => this.#hear(event),
      onLost: () => setState({ running: { step: { name: 'restart' }, fraction: null } }),
      onRecovered: (isWhole) => this.#recovered(isWhole),
    })
  }

  /** Opens a drop. One exam in it is loaded and measured at once; of several the user chooses. */
  async open(files: readonly DroppedFile[]): Promise<void> {
    if (files.length === 0) return
    this.#drop += 1
    const drop = this.#drop
    this.#revision += 1
    setState({ ...EMPTY_EXAM, phase: 'opening', running: { step: { name: 'open' }, fraction: null } })
    await inPortions(files, (portion, isFirst) => this.client.bring(portion, isFirst))
    if (drop !== this.#drop) return
    const opened = await this.client.open(files)
    if (drop !== this.#drop) return
    setState({ running: null })
    if (!opened.ok) {
      setState({ phase: 'empty', firstImage: null })
      this.#say(opened.failure)
      return
    }
    setState({ phase: 'browsing', drop: opened.value })
    void this.client.thumbnails()
    const [only, ...others] = opened.value.sources
    if (only === undefined || others.length > 0) return
    if (only.proposed === null) {
      if (only.refusal !== null) this.#say(only.refusal)
    } else await this.choose({ sourceId: only.id, seriesId: null })
  }

  /** Shows and measures a series: of the exam on screen a decision, of another exam a new beginning. */
  async choose(choice: SeriesChoice): Promise<void> {
    const { choice: before } = getState()
    if (before?.sourceId === choice.sourceId && choice.seriesId !== null) {
      this.decide(phrase('viewer.edit.series'), measureSeries(choice.seriesId))
      return
    }
    const fresh = choice.seriesId === null ? BLANK_DECISIONS : measureSeries(choice.seriesId)(BLANK_DECISIONS)
    setState({ decisions: historyOf(fresh) })
    await this.#load(choice)
  }

  async #load(choice: SeriesChoice): Promise<void> {
    const drop = this.#drop
    this.#revision += 1
    this.#kept = null
    setState({
      phase: 'ready',
      choice,
      volume: null,
      arrived: 0,
      record: null,
      comparison: null,
      failure: null,
      crosshair: null,
      selectedLevel: null,
      running: { step: { name: 'read' }, fraction: 0 },
    })
    const [loaded, kept] = await Promise.all([
      this.client.load(choice),
      this.#keptFor(getState().drop, choice),
    ])
    if (drop !== this.#drop || getState().choice !== choice) return
    setState({ running: null })
    if (!loaded.ok) {
      setState({ phase: 'browsing', choice: null, failure: loaded.failure, task: 'open' })
      this.#say(loaded.failure)
      return
    }
    const { crosshair, decisions } = getState()
    this.#kept = kept
    if (kept !== null) this.#revision += 1 // what is measured meanwhile does not know them yet
    setState({
      decisions: withPresent(decisions, withKept(kept)(decisions.present)),
      volume: loaded.value,
      arrived: loaded.value.flags.length,
      crosshair: crosshair ?? middleOf(loaded.value),
      task: 'check',
    })
    await this.measure()
  }

  /**
   * A record kept on the server, for the exam on screen: a signed one is shown as it was signed; the decisions of a
   * draft are taken over as one step.
   * @returns Whether it was taken over; a signed exam on screen takes no draft.
   */
  takeOver(record: ExamRecord): boolean {
    if (record.signatures.length === 0) {
      if (this.#isFixed()) return false
      // Quality checks may be newer than the draft.
      this.decide(phrase('viewer.edit.resume'), () => withKept(this.#kept)(record.decisions))
      return true
    }
    this.#revision += 1
    setState(({ decisions }) => ({
      record,
      isStale: false,
      supersedes: null,
      decisions: withPresent(decisions, record.decisions),
    }))
    return true
  }

  /** Signs the report of the record on screen, or adds to a signed one. */
  async sign(name: string, role: string, text: string | null): Promise<boolean> {
    const { record, isStale } = getState()
    if (record === null || isStale) return false
    setState({ running: { step: { name: 'report' }, fraction: null } })
    const signed = await this.client.sign(record, { name, role, signedAt: new Date().toISOString() }, text)
    setState({ running: null })
    if (!signed.ok) {
      notify({ tone: 'refusal', text: signed.failure.message })
      return false
    }
    // A decision made while the signature was written wins: what it changes is not what was signed.
    if (getState().record !== record || getState().isStale) return false
    setState({ record: signed.value, supersedes: null })
    this.#onRecord(signed.value)
    return true
  }

  /** Opens a signed exam for changes: the next record is its next version, and says what differs. */
  revise(): void {
    const { record, decisions } = getState()
    if (record === null || record.signatures.length === 0) return
    setState({ supersedes: record })
    this.#revise(withPresent(decisions, record.decisions))
  }

  /** One decision, under the words that undo and redo say. Results follow. */
  decide(label: string, edit: DecisionEdit): void {
    const { decisions } = getState()
    if (this.#isFixed()) return
    this.#revise(withStep(decisions, label, edit(decisions.present)))
  }

  /** Takes the last decision back and says which it was. */
  undo(): void {
    if (this.#isFixed()) return
    const back = undone(getState().decisions)
    if (back !== null) this.#revise(back.history)
    const text =
      back === null ? phrase('viewer.undo.nothing') : phrase('viewer.undo.undid', { label: back.label })
    notify({ tone: 'plain', text })
  }

  /** Makes the last decision that was taken back again. */
  redo(): void {
    if (this.#isFixed()) return
    const again = redone(getState().decisions)
    if (again !== null) this.#revise(again.history)
    const text =
      again === null
        ? phrase('viewer.undo.nothingAgain')
        : phrase('viewer.undo.redid', { label: again.label })
    notify({ tone: 'plain', text })
  }

  /** Shows a VOI under the hand with its numbers; nothing is decided until `decide`. */
  drag(level: VertebralLevel, voi: DecidedVoi): void {
    setState({ dragged: { level, voi } })
    this.client.measureLive(level, voi, (measured) => {
      if (getState().dragged === null) return
      setState(
        measured.ok
          ? { live: measured.value, liveFailure: null }
          : { live: null, liveFailure: measured.failure },
      )
    })
  }

  /** The hand let go, with or without a decision. */
  endDrag(): void {
    setState({ dragged: null, live: null, liveFailure: null })
  }

  /** Measures the present decisions, unless that is under way; then again when it is done. */
  async measure(): Promise<void> {
    if (this.#isMeasuring || getState().volume === null) return
    this.#isMeasuring = true
    let measured: Outcome<ExamRecord>
    let asked: number
    do {
      asked = this.#revision
      const { decisions } = getState()
      setState({ running: { step: { name: 'rods' }, fraction: null } })
      measured = await this.client.analyze(requestOfDecisions(decisions.present))
      // A decision made meanwhile is measured next; a failure is shown first.
    } while (asked !== this.#revision && measured.ok && getState().volume !== null)
    this.#isMeasuring = false
    setState({ running: null })
    if (getState().volume === null) return
    if (measured.ok) this.#take(measured.value)
    else {
      setState({ failure: measured.failure, isStale: true })
      this.#say(measured.failure)
    }
  }

  /** Asks whatever runs to stop. */
  cancel(): void {
    this.client.cancel()
  }

  /** Whether the exam is signed; says so, because somebody just tried to change it. */
  #isFixed(): boolean {
    const { record, supersedes } = getState()
    const isSigned = record !== null && record.signatures.length > 0 && supersedes === null
    if (isSigned) notify({ tone: 'doubt', text: phrase('viewer.report.signed') })
    return isSigned
  }

  #revise(decisions: ReturnType<typeof getState>['decisions']): void {
    this.#revision += 1
    setState({ decisions, isStale: true, dragged: null, live: null, liveFailure: null })
    const { choice } = getState()
    const { series } = decisions.present
    const seriesId = series?.chosenBy === 'caller' ? series.id : null
    // Another series is another volume: decided, undone or done again, it is read first.
    if (choice !== null && choice.seriesId !== seriesId) void this.#load({ ...choice, seriesId })
    else void this.measure()
  }

  #take(measured: ExamRecord): void {
    const { decisions, selectedLevel, crosshair, supersedes } = getState()
    const record = supersedes === null ? measured : reviseRecord(supersedes, measured)
    const first = record.decisions.rois.find(({ voi }) => voi !== null)
    const selected = record.decisions.rois.some(({ level }) => level === selectedLevel)
      ? selectedLevel
      : (first?.level ?? null)
    const isFirstLook = selectedLevel === null && first?.voi !== null && first !== undefined
    setState({
      record,
      isStale: false,
      ...(record.decisions.calibration.requested === 'all' ? { comparison: record } : {}),
      failure: null,
      // What the program placed belongs to the present without being a step of the reader's.
      decisions: withPresent(decisions, record.decisions),
      selectedLevel: selected,
      crosshair: isFirstLook && first.voi !== null ? first.voi.centerLps : crosshair,
    })
    this.#onRecord(record)
  }

  #hear(event: WorkerEvent): void {
    switch (event.kind) {
      case 'progress':
        if (getState().running !== null) setState({ running: { step: event.step, fraction: event.fraction } })
        return
      case 'firstImage':
        if (getState().phase === 'opening') setState({ firstImage: event.picture })
        return
      case 'thumbnail':
        setState(({ thumbnails }) => ({
          thumbnails: { ...thumbnails, [`${event.sourceId} ${event.seriesId}`]: event.picture },
        }))
        return
      case 'volume':
        // Events come through a port of their own: one that is late must not take back what the outcome said.
        if (getState().volume?.id !== event.volume.id)
          setState({ volume: event.volume, arrived: 0, crosshair: middleOf(event.volume), task: 'check' })
        return
      case 'slices':
        if (getState().volume?.id === event.volumeId && event.arrived > getState().arrived)
          setState({ arrived: event.arrived })
    }
  }

  #say({ code, message }: WorkerFailure): void {
    if (code === 'CANCELLED') {
      notify({ tone: 'plain', text: phrase('viewer.job.stopped') })
      return
    }
    const canRepeat = getState().volume !== null
    notify({
      tone: 'refusal',
      text: message,
      ...(canRepeat
        ? { action: { label: phrase('viewer.job.measureAgain'), run: () => void this.measure() } }
        : {}),
    })
  }

  #recovered(isWhole: boolean): void {
    setState({ running: null })
    notify({
      tone: 'doubt',
      text: phrase(isWhole ? 'viewer.job.recovered' : 'viewer.job.notRecovered'),
      ...(isWhole
        ? { action: { label: phrase('viewer.job.measureAgain'), run: () => void this.measure() } }
        : {}),
    })
  }
}

/** The middle of a volume: where the first look goes. */
function middleOf({ ct: { geometry } }: SharedVolume): [number, number, number] {
  const [ni, nj, nk] = geometry.size
  const middle = toLps(geometry, indexPoint((ni - 1) / 2, (nj - 1) / 2, (nk - 1) / 2))
  return [middle[0], middle[1], middle[2]]
}
