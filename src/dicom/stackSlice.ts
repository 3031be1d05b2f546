import type { CtInstance } from './ctInstance.ts'
import type { Acquisition, CtFrame } from './ctStudy.ts'

/** One slice on its way into a stack, with the file facts that decide which stack. */
export interface StackSlice {
  readonly frame: CtFrame
  readonly acquisition: Acquisition
  readonly instance: CtInstance
}
