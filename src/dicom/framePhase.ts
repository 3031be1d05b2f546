import { numberOf, wordOf } from './attributes.ts'
import type { FrameAttributes } from './functionalGroups.ts'
import { TAG } from './tags.ts'

/** What tells frames of one place apart: the acquisition and the moment they belong to. */
export interface FramePhase {
  readonly acquisitionNumber?: number
  readonly temporalPosition?: number
}

/**
 * Acquisition and temporal position of one frame; absent where the header does not say.
 * @see DICOM PS3.3 C.7.6.16.2.2, C.7.6.1, C.8.13.1
 */
export function framePhaseOf(frame: FrameAttributes): FramePhase {
  const number = (tag: string) => numberOf(frame.holding(tag), tag)
  const word = (tag: string) => wordOf(frame.holding(tag), tag)
  const acquisitionNumber = word(TAG.frameAcquisitionNumber) ?? number(TAG.acquisitionNumber)
  const temporalPosition = word(TAG.temporalPositionIndex) ?? number(TAG.temporalPositionIdentifier)
  return {
    ...(acquisitionNumber !== undefined && { acquisitionNumber }),
    ...(temporalPosition !== undefined && { temporalPosition }),
  }
}
