/**
 * Makes the graphics ready before a scan is there: reads the library, makes the WebGL context, compiles the shaders.
 * Call it when the page stands and nobody waits; failing is no failure, the first picture will say so.
 */
export async function warmGraphics(): Promise<void> {
  try {
    await (await import('./graphics/graphics.ts')).warmGraphics()
  } catch {
    // Without graphics the pictures themselves say what is missing.
  }
}
