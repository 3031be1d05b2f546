import { Enums, type PlanarViewport, type RenderingEngine, type Types, utilities } from '@cornerstonejs/core'
import type { LpsPoint } from '../../../core/geometry/lps.ts'
import { scale } from '../../../core/geometry/vector.ts'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { PlaneFrame } from '../viewportPlane.ts'
import type { GreyWindow } from '../viewportProps.ts'
import { mendSlab, type SlabMapper } from './mendSlab.ts'
import type { ShownVolume } from './shownVolume.ts'

/** What a picture shows of its volume. */
export interface PictureView {
  readonly frame: PlaneFrame
  /** The point of the plane at the picture's centre. */
  readonly center: LpsPoint
  readonly heightMm: number
  readonly window: GreyWindow
  /** 0 for a single plane. */
  readonly slabMm: number
}

/** The grey window as a range of stored values; a falling rescale turns black and white. */
export function storedRange({ center, width }: GreyWindow, rescale: CtVolume['rescale']) {
  const stored = (hu: number) => (hu - rescale.intercept) / rescale.slope
  const ends = [stored(center - width / 2), stored(center + width / 2)] as const
  return { lower: Math.min(...ends), upper: Math.max(...ends), isInverted: rescale.slope < 0 }
}

const triple = (v: readonly number[]) => [v[0], v[1], v[2]] as Types.Point3

/** One viewport of the graphics library, told in our words. */
export class MountedPicture {
  private readonly viewport: PlanarViewport
  private readonly dataId: string
  private readonly ct: CtVolume
  private zoom = 1
  private told: PictureView | null = null

  private constructor(viewport: PlanarViewport, dataId: string, ct: CtVolume) {
    this.viewport = viewport
    this.dataId = dataId
    this.ct = ct
  }

  /** Makes a viewport in `element` and gives it the volume. */
  static async mount(
    engine: RenderingEngine,
    id: string,
    element: HTMLDivElement,
    shown: ShownVolume,
    ct: CtVolume,
    view: PictureView,
  ): Promise<MountedPicture> {
    const orientation = orientationOf(view.frame)
    engine.enableElement({
      viewportId: id,
      element,
      type: Enums.ViewportType.PLANAR_NEXT,
      defaultOptions: { background: [0, 0, 0], orientation },
    })
    const viewport = engine.getViewport(id) as unknown as PlanarViewport
    const dataId = `${shown.volumeId}@${id}`
    utilities.genericViewportDisplaySetMetadataProvider.add(dataId, {
      kind: 'planar',
      imageIds: [...shown.imageIds],
      volumeId: shown.volumeId,
    })
    await viewport.setDisplaySets({ displaySetId: dataId, options: { orientation } })
    mendSlab(viewport.getDefaultActor()?.actor.getMapper() as SlabMapper | undefined)
    return new MountedPicture(viewport, dataId, ct)
  }

  /** Applies a view; it is drawn in the next frame. */
  show(view: PictureView): void {
    this.present(view)
    this.pose(view)
  }

  /** Window and slab; told only when they change, since the library makes its colour tables anew each time. */
  private present(view: PictureView): void {
    const told = this.told
    if (told?.window === view.window && told.slabMm === view.slabMm) return
    this.told = view
    const { lower, upper, isInverted } = storedRange(view.window, this.ct.rescale)
    this.viewport.setDisplaySetPresentation(this.dataId, {
      voiRange: { lower, upper },
      invert: isInverted,
      interpolationType: Enums.InterpolationType.LINEAR,
      blendMode: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
      slabThickness: view.slabMm,
    })
  }

  private pose(view: PictureView): void {
    const pose = {
      orientation: orientationOf(view.frame),
      slice: { kind: 'volumePoint' as const, sliceWorldPoint: triple(view.center) },
      anchorWorld: triple(view.center),
      anchorCanvas: [0.5, 0.5] as [number, number],
      rotation: 0,
    }
    this.viewport.setViewState({ ...pose, scale: [this.zoom, this.zoom] })
    // The library zooms relative to its own fit, which depends on plane and canvas: ask it what its 1 means here.
    const half = this.viewport.getResolvedView()?.toICamera().parallelScale
    if (half === undefined || Math.abs((2 * half) / view.heightMm - 1) < 1e-9) return
    this.zoom *= (2 * half) / view.heightMm
    this.viewport.setViewState({ ...pose, scale: [this.zoom, this.zoom] })
  }

  /** Forgets what was told to the library about this picture's data. */
  release(): void {
    utilities.genericViewportDisplaySetMetadataProvider.remove(this.dataId)
  }
}

/** The library's normal points at the viewer, ours away. */
const orientationOf = (frame: PlaneFrame) => ({
  viewPlaneNormal: triple(scale(frame.normal, -1)),
  viewUp: triple(frame.up),
})
