import { cache, ImageVolume, imageLoader, type Types } from '@cornerstonejs/core'
import type { CtVolume } from '../../../core/volume/ctVolume.ts'
import type { ViewportVolume } from '../viewportProps.ts'
import { makeTexture, type OpenGlWindow, type StreamedTexture } from './streamedTexture.ts'

/** Time that one go of uploading takes, in ms: far from a long task. */
const STEP_BUDGET_MS = 8

/** Types of array that the graphics library names in its `dataType`. */
const arrayName = (ct: CtVolume) => ct.voxels.constructor.name as Types.PixelDataTypedArrayString

/**
 * One volume as the graphics library knows it: one image per slice, each a view of our voxels, never a copy.
 *
 * The library's own `createLocalVolume` would make all slices at once and hold the page for a tenth of a second;
 * here they are made and uploaded a few at a time, as they arrive, those nearest to the eye first.
 */
export class ShownVolume {
  readonly volumeId: string
  readonly imageIds: readonly string[]
  private readonly volume: ImageVolume
  private readonly uploaded: Uint8Array
  private source: ViewportVolume
  private focus = 0

  /** @param window - The context in which the volume's texture is made, empty. */
  constructor(source: ViewportVolume, generation: number, window: OpenGlWindow | null) {
    this.source = source
    const { ct } = source
    const [ni, nj, nk] = ct.geometry.size
    this.volumeId = `trabecula:${source.id}:${generation}`
    // The scheme `derived:` keeps the library from asking a loader for the middle slice.
    this.imageIds = Array.from({ length: nk }, (_, k) => `derived:${this.volumeId}:${k}`)
    this.uploaded = new Uint8Array(nk)
    const { geometry } = ct
    this.volume = new ImageVolume({
      volumeId: this.volumeId,
      metadata: volumeMetadata(ct),
      dimensions: [ni, nj, nk],
      spacing: [...geometry.spacing],
      origin: [...geometry.origin],
      direction: geometry.axes.flatMap((axis) => [...axis]) as unknown as Types.Mat3,
      imageIds: [...this.imageIds],
      dataType: arrayName(ct),
      referencedVolumeId: '',
      referencedImageIds: [],
    } as unknown as ConstructorParameters<typeof ImageVolume>[0])
    // A volume that says it is loaded would be uploaded whole each time a picture mounts it.
    Object.assign(this.volume, { loadStatus: { loaded: false } })
    cache.putVolumeSync(this.volumeId, this.volume)
    const dataType = arrayName(ct)
    if (window) makeTexture(this.texture, window, { width: ni, height: nj, depth: nk, dataType })
  }

  /** Takes note of slices that have arrived since. */
  update(source: ViewportVolume): void {
    this.source = source
  }

  /** Names the slice around which slices are uploaded first. */
  setFocus(slice: number): void {
    this.focus = Math.min(this.uploaded.length - 1, Math.max(0, Math.round(slice)))
  }

  /**
   * Uploads the next few slices that have arrived; nothing is drawn.
   * @returns The number of slices, and whether one that is looked at was among them.
   */
  uploadSome(): { readonly count: number; readonly hasFocus: boolean } {
    const { ct, arrived } = this.source
    const { texture } = this
    const length = ct.geometry.size[0] * ct.geometry.size[1]
    const end = performance.now() + STEP_BUDGET_MS
    const total = this.uploaded.length
    let count = 0
    let hasFocus = false
    for (let step = 0; step < 2 * total && performance.now() <= end; step++) {
      const k = this.focus + (step % 2 === 0 ? step / 2 : -(step + 1) / 2)
      if (k < 0 || k >= total || this.uploaded[k] === 1) continue
      if (arrived !== undefined && arrived.flags[k] === 0) continue
      this.makeSlice(k, length)
      texture.setUpdatedFrame(k)
      texture.update3DFromRaw()
      this.uploaded[k] = 1
      hasFocus ||= Math.abs(k - this.focus) <= 1
      count++
    }
    return { count, hasFocus }
  }

  /** Whether slices that have arrived still wait for the graphics. */
  get hasMore(): boolean {
    const { arrived } = this.source
    return this.uploaded.some((done, k) => done === 0 && (arrived === undefined || arrived.flags[k] !== 0))
  }

  private get texture(): StreamedTexture {
    return this.volume.vtkOpenGLTexture as unknown as StreamedTexture
  }

  private makeSlice(k: number, length: number): void {
    const imageId = this.imageIds[k]!
    const { ct } = this.source
    const [ni, nj] = ct.geometry.size
    imageLoader.createAndCacheLocalImage(imageId, {
      scalarData: ct.voxels.subarray(k * length, (k + 1) * length),
      dimensions: [ni, nj],
      spacing: [ct.geometry.spacing[0], ct.geometry.spacing[1]],
      origin: [...ct.geometry.origin],
      targetBuffer: { type: arrayName(ct) },
    } as unknown as Parameters<typeof imageLoader.createAndCacheLocalImage>[1])
  }

  /** Lets the library forget the volume and its slices; our voxels stay ours. */
  release(): void {
    this.texture.releaseGraphicsResources()
    cache.removeVolumeLoadObject(this.volumeId)
    this.imageIds.forEach((imageId, k) => {
      if (this.uploaded[k] === 1) cache.removeImageLoadObject(imageId, { force: true })
    })
  }
}

/** What the library wants to know of a volume's pixels. It holds nothing of the patient. */
function volumeMetadata({ geometry, voxels }: CtVolume) {
  const isFloat = voxels instanceof Float32Array
  return {
    BitsAllocated: isFloat ? 32 : 16,
    BitsStored: isFloat ? 32 : 16,
    HighBit: isFloat ? 31 : 15,
    SamplesPerPixel: 1,
    PixelRepresentation: voxels instanceof Uint16Array ? 0 : 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Modality: 'CT',
    ImageOrientationPatient: [...geometry.axes[0], ...geometry.axes[1]],
    PixelSpacing: [geometry.spacing[1], geometry.spacing[0]],
    FrameOfReferenceUID: '',
    Columns: geometry.size[0],
    Rows: geometry.size[1],
    voiLut: [],
    VOILUTFunction: 'LINEAR',
  }
}
