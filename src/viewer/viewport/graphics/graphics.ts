import { cache, Enums, eventTarget, init, RenderingEngine } from '@cornerstonejs/core'
import type { LpsPoint } from '../../../core/geometry/lps.ts'
import type { PixelPoint } from '../pictureCamera.ts'
import type { ViewportVolume } from '../viewportProps.ts'
import { FrameQueue } from './frameQueue.ts'
import { MountedPicture, type PictureView } from './picture.ts'
import { ShownVolume } from './shownVolume.ts'

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
  libraryPixels(at: LpsPoint): PixelPoint | null
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
/** Losses of the graphics within a minute after which we stop taking them up again by ourselves. */
const MOST_LOSSES_PER_MINUTE = 3
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
      libraryPixels: (at) => picture.mounted?.libraryPixels(at) ?? null,
      retry: () => {
        this.losses = []
        this.mountAll()
      },
      close: () => this.close(picture),
    }
  }

  private async startEngine(): Promise<RenderingEngine> {
    await init({
      debug: { statsOverlay: false },
      // One context: browsers give few, and the texture of a volume lives in one.
      rendering: { webGlContextCount: 1, preferSizeOverAccuracy: false },
    } as Parameters<typeof init>[0])
    cache.setMaxCacheSize(CACHE_LIMIT_BYTES)
    this.engine ??= new RenderingEngine(`trabecula-${this.generation}`)
    return this.engine
  }

  private async mount(picture: PictureEntry): Promise<void> {
    const attempt = ++picture.attempt
    const isOvertaken = () => picture.attempt !== attempt || this.pictures.get(picture.id) !== picture
    try {
      const engine = await this.startEngine()
      if (isOvertaken()) return
      const shown = this.shownVolume(picture.volume)
      const { ct } = picture.volume
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
    const shown = new ShownVolume(volume, this.generation)
    this.volumes.set(volume.id, shown)
    return shown
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

  /** Uploads slices, a few per frame, until all that arrived are there. */
  private upload(): void {
    if (this.isUploading) return
    this.isUploading = true
    const step = () => {
      const isUploaded = [...this.volumes.values()].some((shown) => shown.uploadSome())
      if (isUploaded) for (const picture of this.pictures.values()) this.draw(picture)
      if ([...this.volumes.values()].some((shown) => shown.hasMore)) requestAnimationFrame(step)
      else this.isUploading = false
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

let graphics: Graphics | null = null

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
