import { type Attributes, numberOf, textOf, textsOf } from '../attributes.ts'
import { characterSetOf, namedTextOf } from '../characterSet.ts'
import { TAG } from '../tags.ts'

/**
 * What the images say of the irradiation they came from: the standard link from an irradiation event to a series
 * number, for reports that give no label.
 * @see DICOM PS3.3 C.7.5.1, C.8.2.1 (0008,3010)
 */
export interface IrradiatedSeries {
  readonly eventUid: string
  readonly seriesInstanceUid: string
  readonly seriesNumber: number
  readonly seriesDescription: string
  readonly protocolName: string
  readonly bodyPartExamined: string
}

/** The irradiation events an image came from, with its series; empty when it names none or has no series number. */
export function irradiatedSeriesOf(attributes: Attributes): readonly IrradiatedSeries[] {
  const eventUids = textsOf(attributes, TAG.irradiationEventUid)
  const seriesNumber = numberOf(attributes, TAG.seriesNumber)
  if (eventUids.length === 0 || seriesNumber === undefined) return []
  const characterSet = characterSetOf(attributes)
  return eventUids.map((eventUid) => ({
    eventUid,
    seriesInstanceUid: textOf(attributes, TAG.seriesInstanceUid),
    seriesNumber,
    seriesDescription: namedTextOf(attributes, TAG.seriesDescription, characterSet),
    protocolName: namedTextOf(attributes, TAG.protocolName, characterSet),
    bodyPartExamined: textOf(attributes, TAG.bodyPartExamined),
  }))
}
