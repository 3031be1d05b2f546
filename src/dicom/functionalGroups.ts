import { type Attributes, itemsOf } from './attributes.ts'
import { TAG } from './tags.ts'

/**
 * Finds attributes of one frame in an enhanced multi-frame file: per-frame functional groups win over shared ones,
 * those over the top level. In a classic file only the top level answers.
 * @see DICOM PS3.3 C.7.6.16.1
 */
export interface FrameAttributes {
  /** The data set or functional group item that holds `tag`; the top level when none does. */
  readonly holding: (tag: string) => Attributes
}

/** Attributes of every frame of a file, and of the file's functional groups taken together. */
export interface FunctionalGroups {
  /** Items of the Per-frame Functional Groups Sequence; 0 in a classic file. */
  readonly frames: number
  readonly isEnhanced: boolean
  readonly frame: (n: number) => FrameAttributes
}

/** Every item of every functional group sequence in a groups item. */
const groupItems = (groups: Attributes | undefined): readonly Attributes[] =>
  groups === undefined ? [] : Object.keys(groups.elements).flatMap((tag) => itemsOf(groups, tag))

/** The functional groups of a data set. */
export function functionalGroupsOf(attributes: Attributes): FunctionalGroups {
  const perFrame = itemsOf(attributes, TAG.perFrameFunctionalGroupsSequence)
  const shared = groupItems(itemsOf(attributes, TAG.sharedFunctionalGroupsSequence)[0])
  return {
    frames: perFrame.length,
    isEnhanced: perFrame.length > 0 || shared.length > 0,
    frame: (n) => {
      const places = [...groupItems(perFrame[n]), ...shared]
      return { holding: (tag) => places.find((place) => place.elements[tag] !== undefined) ?? attributes }
    },
  }
}
