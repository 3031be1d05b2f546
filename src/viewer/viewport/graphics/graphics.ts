import {
  type ContextPoolRenderingEngine,
  cache,
  Enums,
  eventTarget,
  init,
  RenderingEngine,
} from '@cornerstonejs/core'
import type { ViewportVolume } from '../viewportProps.ts'
import { FrameQueue } from './frameQueue.ts'
import { GraphicsFence } from './graphicsFence.ts'
import { keeperElement, keeperView, keeperVolume } from './keeper.ts'
import { MountedPicture, type PictureView } from './picture.ts'
import { ShownVolume } from './shownVolume.ts'
import type { OpenGlWindow } from './streamedTexture.ts'

/** How a picture's graphics are: coming, drawn, lost and coming back, or not to be had. */
export type GraphicsState = 'starting' | 'drawn' | 'lost' | 'failed'

/** What a page holds of one picture. */
export interface OpenPicture {
  setView(view: PictureView): void
  setVolume(volume: ViewportVolume): void
  /** Says that the element's size or the screen's pixel ratio has changed. */
  resize(): void
  /** Names this picture the one under the hand. */
  setUrgent(isUrgent: boolean): void
  /** Tries again after `failed`. */
  retry(): void
  close(): void
}

interface PictureEntry {
  readonly id: string
  readonly element: HTMLDivElement
  readonly onState: (state: GraphicsState) => void
  volume: ViewportVolume
  view: PictureView
  mounted: MountedPicture | null
  /** Counts mounts, so that one that was overtaken knows it. */
  attempt: number
}

/** The volume's bytes are ours; the library only counts them. Its limit must never make it drop our slices. */
const CACHE_LIMIT_BYTES = 64 * 2 ** 30
/** Name of the picture nobody sees. */
const KEEPER = 'keeper'
/** Losses of the graphics within a minute after which we stop taking them up again by ourselves. */
const MOST_LOSSES_PER_MINUTE = 3
/** While slices are uploaded the pictures are drawn about this often, in ms. */
const DRAW_WHILE_UPLOADING_MS = 300
/** While slices are uploaded, drawing waits this many times as long as it took: it must not starve the upload. */
const DRAW_SHARE = 5
const FRAME_MS = 17
/** How often the graphics are asked whether they are ready for more, in ms. */
const FENCE_POLL_MS = 4
/** Time for a driver to come back before a new context is asked for, in ms. */
const RECOVERY_DELAY_MS = 250

/**
 * The one owner of the page's WebGL context, and of what the graphics library holds of our volumes.
 *
 * All pictures share one context and one texture per volume. When the context is lost everything of the library is
 * thrown away and built anew from our voxels: nothing on the graphics side is worth keeping.
 */
class Graphics {
  private engine: RenderingEngine | null = null
  private readonly queue = new FrameQueue()
  private readonly pictures = new Map<string, PictureEntry>()
  private readonly volumes = new Map<string, ShownVolume>()
  private generation = 0
  private losses: number[] = []
  private isUploading = false
  private fence: GraphicsFence | null = null
  private window: OpenGlWindow | null = null
  private starting: Promise<RenderingEngine> | null = null
  private keeper: HTMLElement | null = null
  private turn: Promise<void> = Promise.resolve()

  constructor() {
    eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, () => this.lose())
  }

  open(entry: Omit<PictureEntry, 'mounted' | 'attempt'>): OpenPicture {
    const picture: PictureEntry = { ...entry, mounted: null, attempt: 0 }
    this.pictures.set(picture.id, picture)
    void this.mount(picture)
    return {
      setView: (view) => {
        picture.view = view
        this.focus(picture)
        this.draw(picture)
      },
      setVolume: (volume) => this.setVolume(picture, volume),
      resize: () => this.queue.request('resize', () => this.engine?.resize(true, true)),
      setUrgent: (isUrgent) => this.queue.setUrgent(isUrgent ? picture.id : null),
      retry: () => {
        this.losses = []
        this.mountAll()
      },
      close: () => this.close(picture),
    }
  }

  /** Starts the library and its context once; all pictures wait for the same start. */
  start(): Promise<RenderingEngine> {
    this.starting ??= this.makeEngine()
    return this.starting
  }

  private async makeEngine(): Promise<RenderingEngine> {
    await init({
      debug: { statsOverlay: false },
      // One context: browsers give few, and the texture of a volume lives in one.
      rendering: { webGlContextCount: 1, preferSizeOverAccuracy: false },
    } as Parameters<typeof init>[0])
    cache.setMaxCacheSize(CACHE_LIMIT_BYTES)
    const engine = new RenderingEngine(`trabecula-${this.generation}`)
    this.engine = engine
    const element = keeperElement()
    this.keeper = element
    const { ct } = keeperVolume
    const shown = new ShownVolume(keeperVolume, this.generation, null)
    const picture = await MountedPicture.mount(engine, KEEPER, element, shown, ct, keeperView)
    picture.show(keeperView)
    const window = windowOf(engine)
    this.fence = new GraphicsFence(window.get3DContext())
    this.window = window
    return engine
  }

  private async mount(picture: PictureEntry): Promise<void> {
    const attempt = ++picture.attempt
    const isOvertaken = () => picture.attempt !== attempt || this.pictures.get(picture.id) !== picture
    try {
      const engine = await this.start()
      if (isOvertaken()) return
      const { ct } = picture.volume
      const shown = this.shownVolume(picture.volume)
      await this.settled()
      await this.nextTurn()
      if (isOvertaken()) return
      const mounted = await MountedPicture.mount(engine, picture.id, picture.element, shown, ct, picture.view)
      if (isOvertaken() || engine !== this.engine) return
      picture.mounted = mounted
      this.focus(picture)
      this.draw(picture)
      this.upload()
      picture.onState('drawn')
    } catch {
      if (!isOvertaken()) picture.onState('failed')
    }
  }

  private shownVolume(volume: ViewportVolume): ShownVolume {
    const known = this.volumes.get(volume.id)
    if (known) {
      known.update(volume)
      return known
    }
    const shown = new ShownVolume(volume, this.generation, this.window)
    this.volumes.set(volume.id, shown)
    shown.uploadSome()
    this.fence?.set()
    return shown
  }

  /** Lets pictures that open together be made one after the other, each in a task of its own. */
  private nextTurn(): Promise<void> {
    this.turn = this.turn.then(() => new Promise((resolve) => setTimeout(resolve, FENCE_POLL_MS)))
    return this.turn
  }

  /** Waits, without holding the page, until the graphics have done what they were given. */
  private async settled(): Promise<void> {
    while (this.fence?.isPassed === false) await new Promise((resolve) => setTimeout(resolve, FENCE_POLL_MS))
  }

  private setVolume(picture: PictureEntry, volume: ViewportVolume): void {
    const isSame = picture.volume.id === volume.id
    picture.volume = volume
    if (isSame) {
      this.volumes.get(volume.id)?.update(volume)
      this.upload()
      return
    }
    this.unmount(picture)
    void this.mount(picture)
    this.dropUnusedVolumes()
  }

  private draw(picture: PictureEntry): void {
    this.queue.request(picture.id, () => picture.mounted?.show(picture.view))
  }

  /**
   * Uploads slices, a few at a time, until all that arrived are there. Pictures are drawn when the slice one looks
   * at is new, now and then meanwhile, and at the end: drawing costs far more than uploading.
   */
  private upload(): void {
    if (this.isUploading) return
    this.isUploading = true
    let drawnAt = performance.now()
    let drawEveryMs = DRAW_WHILE_UPLOADING_MS
    let isTimingDraw = false
    const step = () => {
      if (this.fence?.isPassed === false) {
        setTimeout(step, FENCE_POLL_MS)
        return
      }
      if (isTimingDraw) drawEveryMs = Math.max(drawEveryMs, DRAW_SHARE * (performance.now() - drawnAt))
      isTimingDraw = false
      const volumes = [...this.volumes.values()]
      const uploads = volumes.map((shown) => shown.uploadSome())
      this.fence?.set()
      const hasMore = volumes.some((shown) => shown.hasMore)
      const isNew = uploads.some(({ hasFocus }) => hasFocus)
      if (isNew || !hasMore || performance.now() - drawnAt > drawEveryMs) {
        isTimingDraw = true
        drawnAt = performance.now()
        for (const picture of this.pictures.values()) this.draw(picture)
      }
      this.isUploading = hasMore
      // After drawing the fence must stand behind the draw, which comes with the next frames.
      if (hasMore) setTimeout(step, isTimingDraw ? FRAME_MS * (1 + this.pictures.size) : FENCE_POLL_MS)
    }
    requestAnimationFrame(step)
  }

  private focus(picture: PictureEntry): void {
    const { geometry } = picture.volume.ct
    const from = picture.view.center.map((x, axis) => x - geometry.origin[axis]!)
    const along = geometry.axes[2].reduce((sum, x, axis) => sum + x * from[axis]!, 0)
    this.volumes.get(picture.volume.id)?.setFocus(along / geometry.spacing[2])
  }

  private unmount(picture: PictureEntry): void {
    picture.attempt++
    this.queue.forget(picture.id)
    picture.mounted?.release()
    picture.mounted = null
    if (this.engine?.getViewport(picture.id)) this.engine.disableElement(picture.id)
    picture.element.replaceChildren()
  }

  private close(picture: PictureEntry): void {
    this.unmount(picture)
    if (this.pictures.get(picture.id) === picture) this.pictures.delete(picture.id)
    // React mounts twice in development: give a picture that returns at once its volume back.
    setTimeout(() => this.dropUnusedVolumes(), 1000)
  }

  private dropUnusedVolumes(): void {
    const used = new Set([...this.pictures.values()].map((picture) => picture.volume.id))
    for (const [id, shown] of this.volumes) {
      if (used.has(id)) continue
      shown.release()
      this.volumes.delete(id)
    }
  }

  private lose(): void {
    const now = performance.now()
    this.losses = [...this.losses.filter((at) => now - at < 60_000), now]
    const isHopeless = this.losses.length > MOST_LOSSES_PER_MINUTE
    for (const picture of this.pictures.values()) picture.onState(isHopeless ? 'failed' : 'lost')
    this.discard()
    if (!isHopeless) setTimeout(() => this.mountAll(), RECOVERY_DELAY_MS)
  }

  private discard(): void {
    for (const picture of this.pictures.values()) this.unmount(picture)
    for (const shown of this.volumes.values()) shown.release()
    this.volumes.clear()
    const engine = this.engine
    this.engine = null
    this.fence = null
    this.window = null
    this.starting = null
    this.keeper?.remove()
    this.keeper = null
    this.generation++
    try {
      engine?.destroy()
    } catch {
      // Clearing up a dead context may fail in the library; a new engine takes its place either way.
    }
  }

  private mountAll(): void {
    for (const picture of this.pictures.values()) {
      picture.onState('starting')
      void this.mount(picture)
    }
  }
}

/** The library's window onto its context. */
const windowOf = (engine: RenderingEngine) =>
  (engine as unknown as ContextPoolRenderingEngine)
    .getOffscreenMultiRenderWindow(KEEPER)
    .getOpenGLRenderWindow() as OpenGlWindow

let graphics: Graphics | null = null

/** Starts the graphics ahead of the first picture. */
export async function warmGraphics(): Promise<void> {
  graphics ??= new Graphics()
  await graphics.start()
}

/** Opens a picture in an element. The first one starts the graphics. */
export function openPicture(entry: {
  readonly id: string
  readonly element: HTMLDivElement
  readonly volume: ViewportVolume
  readonly view: PictureView
  readonly onState: (state: GraphicsState) => void
}): OpenPicture {
  graphics ??= new Graphics()
  return graphics.open(entry)
}
