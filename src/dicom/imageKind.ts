import { phrase } from '../core/words/words.ts'
import { type Attributes, itemsOf, textOf, textsOf } from './attributes.ts'
import type { FilePreamble } from './parseHeader.ts'
import { TAG } from './tags.ts'

/** CT Image Storage, Enhanced CT, Legacy Converted Enhanced CT. */
const CT_SOP_CLASSES = new Set([
  '1.2.840.10008.5.1.4.1.1.2',
  '1.2.840.10008.5.1.4.1.1.2.1',
  '1.2.840.10008.5.1.4.1.1.2.2',
])
const MEDIA_DIRECTORY = '1.2.840.10008.1.3.10'
const DOSE_REPORT = '1.2.840.10008.5.1.4.1.1.88.67'
const STRUCTURED_REPORTS = '1.2.840.10008.5.1.4.1.1.88.'
const SECONDARY_CAPTURES = '1.2.840.10008.5.1.4.1.1.7'

/**
 * Why a DICOM object is no CT image that could be measured, in words; undefined when it is one.
 *
 * Judged from the header alone, by SOP class, ImageType and RescaleType, so that a large object of another kind costs
 * one small read.
 * @see DICOM PS3.3 C.8.2.1.1.1, C.8.2.1.1.3, C.11.1.1.2
 */
export function whyNotCt(attributes: Attributes, preamble: FilePreamble): string | undefined {
  const sopClass = textOf(attributes, TAG.sopClassUid) || preamble.mediaStorageSopClassUid
  if (sopClass === MEDIA_DIRECTORY) return phrase('setAside.directory')
  if (sopClass === DOSE_REPORT) return phrase('setAside.doseReport')
  if (sopClass.startsWith(STRUCTURED_REPORTS)) return phrase('setAside.structuredReport')
  if (sopClass.startsWith(SECONDARY_CAPTURES)) return phrase('setAside.secondaryCapture')
  const modality = textOf(attributes, TAG.modality)
  const isCt = sopClass === '' ? modality === 'CT' : CT_SOP_CLASSES.has(sopClass)
  if (!isCt || (modality !== '' && modality !== 'CT'))
    return phrase('setAside.otherObject', { found: known(modality) || known(sopClass) || '?' })
  if (isLocalizer(textsOf(attributes, TAG.imageType))) return phrase('setAside.localizer')
  const unit = unitOf(attributes)
  return unit === undefined ? undefined : phrase('setAside.notCtNumbers', { found: unit })
}

/** Whether an ImageType or FrameType names a localizer. */
export const isLocalizer = (imageType: readonly string[]) => imageType.some((value) => value === 'LOCALIZER')

/** RescaleType, when it names another quantity than CT number: `US` leaves it open, and absence means HU. */
function unitOf(attributes: Attributes): string | undefined {
  const shared = itemsOf(attributes, TAG.sharedFunctionalGroupsSequence)[0]
  const first = itemsOf(attributes, TAG.perFrameFunctionalGroupsSequence)[0]
  const places = [attributes, shared, first].flatMap((groups) =>
    groups === undefined ? [] : [groups, ...itemsOf(groups, TAG.pixelValueTransformationSequence)],
  )
  const unit = places
    .map((place) => textOf(place, TAG.rescaleType))
    .find((type) => type !== '' && !/^(HU|US|HOUNSFIELD.*)$/i.test(type))
  return unit === undefined ? undefined : known(unit) || '?'
}

/** A coded term as it may stand in a message: nothing but capitals, digits and dots, so that no name slips in. */
const known = (term: string) => (/^[A-Z0-9_.]{1,64}$/.test(term) ? term : '')
