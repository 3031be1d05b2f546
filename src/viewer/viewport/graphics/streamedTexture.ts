import { getRenderingCapabilities } from '@cornerstonejs/core'

/**
 * The volume's texture as the graphics library's source has it: its types name fewer methods than it offers.
 * @see @cornerstonejs/core 5.14.0, RenderingEngine/vtkClasses/vtkStreamingOpenGLTexture.js
 */
export interface StreamedTexture {
  /** Marks a slice as new. */
  setUpdatedFrame(slice: number): void
  /** Uploads the marked slices. */
  update3DFromRaw(): void
  releaseGraphicsResources(): void
  setOpenGLRenderWindow(window: OpenGlWindow): void
  enableUseHalfFloat(isUsed: boolean): void
  setOglNorm16Ext(extension: unknown): void
  resetFormatAndType(): void
  setTextureParameters(size: TextureSize & { readonly numberOfComponents: number }): void
  create3DFromRaw(size: TextureSize & { readonly numComps: number; readonly data: null }): void
}

interface TextureSize {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly dataType: string
}

/** The library's window onto the WebGL context. */
export interface OpenGlWindow {
  get3DContext(): WebGL2RenderingContext
}

/**
 * Makes a volume's texture empty, exactly as the library's mapper would with the first picture.
 *
 * Clearing hundreds of megabytes takes the graphics a while. Done with the first picture the page would stand still
 * for it; done ahead one can wait for it without holding anything.
 * @see @cornerstonejs/core 5.14.0, RenderingEngine/vtkClasses/vtkStreamingOpenGLImageResliceMapper.js
 */
export function makeTexture(texture: StreamedTexture, window: OpenGlWindow, size: TextureSize): void {
  const { norm16, norm16Linear } = getRenderingCapabilities()
  const extension = window.get3DContext().getExtension('EXT_texture_norm16')
  texture.setOpenGLRenderWindow(window)
  // Half floats round CT numbers above 2048; they are never used.
  texture.enableUseHalfFloat(false)
  texture.setOglNorm16Ext(norm16 && norm16Linear ? extension : null)
  texture.resetFormatAndType()
  texture.setTextureParameters({ ...size, numberOfComponents: 1 })
  texture.create3DFromRaw({ ...size, numComps: 1, data: null })
}
