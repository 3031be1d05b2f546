/** Work of one picture for one frame. */
export type FrameWork = () => void

/** A frame that comes later than this, in ms, says that drawing is slow here (software graphics, a weak GPU). */
const SLOW_FRAME_MS = 34

/**
 * Spreads the drawing of several pictures over animation frames.
 *
 * Where frames are fast every picture is drawn in each; where they are slow one picture is drawn per frame, the one
 * under the hand at least every second time, so that no single task holds the page while all of them are drawn.
 * Asking twice before a picture's turn draws it once, with the latest work.
 */
export class FrameQueue {
  private readonly waiting = new Map<string, FrameWork>()
  private urgentId: string | null = null
  private isTurnOfUrgent = true
  private handle: number | null = null
  private lastFrame = 0

  /** Asks for a picture's turn. */
  request(id: string, work: FrameWork): void {
    this.waiting.set(id, work)
    this.handle ??= requestAnimationFrame((now) => this.run(now))
  }

  /** Names the picture under the hand. */
  setUrgent(id: string | null): void {
    this.urgentId = id
  }

  /** Takes a picture's request back. */
  forget(id: string): void {
    this.waiting.delete(id)
  }

  private run(now: number): void {
    this.handle = null
    const isSlow = now - this.lastFrame > SLOW_FRAME_MS && now - this.lastFrame < 1000
    this.lastFrame = now
    for (const id of isSlow ? this.next() : [...this.waiting.keys()]) {
      const work = this.waiting.get(id)
      this.waiting.delete(id)
      work?.()
    }
    if (this.waiting.size > 0) this.handle = requestAnimationFrame((later) => this.run(later))
  }

  private next(): string[] {
    const urgent = this.urgentId !== null && this.waiting.has(this.urgentId) ? this.urgentId : null
    const other = [...this.waiting.keys()].find((id) => id !== urgent)
    const isUrgent = urgent !== null && (this.isTurnOfUrgent || other === undefined)
    this.isTurnOfUrgent = !isUrgent
    const chosen = isUrgent ? urgent : (other ?? urgent)
    return chosen === null ? [] : [chosen]
  }
}
