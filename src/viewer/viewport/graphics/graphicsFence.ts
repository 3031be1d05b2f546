/**
 * Tells when the graphics have done what they were given.
 *
 * Handing over more than they can take makes the browser hold the page until there is room; asking first does not.
 */
export class GraphicsFence {
  private readonly context: WebGL2RenderingContext
  private sync: WebGLSync | null = null

  constructor(context: WebGL2RenderingContext) {
    this.context = context
  }

  /** Marks the end of what has been handed over so far. */
  set(): void {
    if (this.sync) this.context.deleteSync(this.sync)
    this.sync = this.context.fenceSync(this.context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    this.context.flush()
  }

  /** Whether everything up to the mark is done. A lost context has nothing left to do. */
  get isPassed(): boolean {
    if (this.sync === null || this.context.isContextLost()) return true
    const { context } = this
    if (context.getSyncParameter(this.sync, context.SYNC_STATUS) !== context.SIGNALED) return false
    context.deleteSync(this.sync)
    this.sync = null
    return true
  }
}
