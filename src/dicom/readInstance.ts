import type { DoseReport } from '../core/dose/doseReport.ts'
import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'
import { acquisitionOf } from './acquisition.ts'
import { type Attributes, isoDateOf, numberOf, textOf, textsOf } from './attributes.ts'
import { characterSetOf, namedTextOf } from './characterSet.ts'
import type { CtInstance } from './ctInstance.ts'
import type { CtFrame, PatientIdentity } from './ctStudy.ts'
import { type IrradiatedSeries, irradiatedSeriesOf } from './dose/irradiatedSeries.ts'
import { DOSE_REPORT_CLASS, isDoseReport, mayBeDoseReport, readDoseReport } from './dose/readDoseReport.ts'
import { frameGeometryOf } from './frameGeometry.ts'
import { framePhaseOf } from './framePhase.ts'
import { framePixels } from './framePixels.ts'
import { functionalGroupsOf } from './functionalGroups.ts'
import { isLocalizer, whyNotCt } from './imageKind.ts'
import type { NamedBlob } from './namedBlob.ts'
import type { FilePreamble, ParsedHeader } from './parseHeader.ts'
import { numberOfFrames, pixelLayoutOf } from './pixelLayout.ts'
import { type FileHeader, readHeader } from './readHeader.ts'
import { circumstancesOf } from './studyCircumstances.ts'
import { TAG } from './tags.ts'

/** A CT image with its frames, or the words that say why a file is none. */
export type ReadInstance = ({ readonly instance: CtInstance } | { readonly reason: string }) & {
  /** What a CT dose report says; such a file is no CT image. */
  readonly doseReport?: DoseReport
  /** The irradiation events an image, also a localizer, came from. */
  readonly irradiated?: readonly IrradiatedSeries[]
}

/**
 * Reads one file: its header now, its pixels when a frame is decoded.
 *
 * @throws {QctError} every code of `readHeader`, `pixelLayoutOf`, `framePixels` and `frameGeometryOf` for a CT image
 *   that is damaged, and of `readDoseReport` for a dose report that cannot be used; `FILE_UNREADABLE` when the bytes
 *   cannot be had.
 */
export async function readInstance(file: NamedBlob): Promise<ReadInstance> {
  const isWanted = (partial: ParsedHeader, preamble: FilePreamble) => {
    const isJudgeable = partial.attributes.elements[TAG.modality] !== undefined
    return (
      !isJudgeable ||
      isDoseFile(partial.attributes, preamble) ||
      whyNotCt(partial.attributes, preamble) === undefined
    )
  }
  const header = await readHeader(file.blob, isWanted, file.head)
  const { attributes, preamble } = header
  if (isDoseFile(attributes, preamble))
    return { reason: phrase('setAside.doseReport'), doseReport: readDoseReport(attributes) }
  const reason = whyNotCt(attributes, preamble)
  const irradiated = irradiatedSeriesOf(attributes)
  return { ...(reason === undefined ? instanceOf(file.path, header) : { reason }), irradiated }
}

/** The dose report class is one whatever its title: if that cannot be read, reading must say so. */
function isDoseFile(attributes: Attributes, preamble: FilePreamble): boolean {
  const sopClass = textOf(attributes, TAG.sopClassUid) || preamble.mediaStorageSopClassUid
  return sopClass === DOSE_REPORT_CLASS || (mayBeDoseReport(sopClass) && isDoseReport(attributes))
}

function instanceOf(path: string, header: FileHeader): ReadInstance {
  const { attributes } = header
  const layout = pixelLayoutOf(attributes)
  const count = numberOfFrames(attributes)
  const groups = functionalGroupsOf(attributes)
  if (groups.isEnhanced && groups.frames !== count)
    throw new QctError('FRAMES_INCONSISTENT', { announced: count, found: groups.frames })
  // one position cannot place the frames of a classic multi-frame file
  if (!groups.isEnhanced && count > 1)
    throw new QctError('FRAMES_INCONSISTENT', { announced: count, found: 1 })
  const decode = framePixels(header, layout, count)
  const sopInstanceUid = textOf(attributes, TAG.sopInstanceUid)
  const instanceNumber = numberOf(attributes, TAG.instanceNumber)
  const frames: CtFrame[] = []
  for (let n = 0; n < count; n++) {
    const place = groups.frame(n)
    if (isLocalizer(textsOf(place.holding(TAG.frameType), TAG.frameType)))
      return { reason: phrase('setAside.localizer') }
    frames.push({
      sopInstanceUid,
      ...frameGeometryOf(place),
      ...framePhaseOf(place),
      columns: layout.columns,
      rows: layout.rows,
      pixelRepresentation: layout.pixelRepresentation,
      ...(layout.padding && { padding: layout.padding }),
      ...(instanceNumber !== undefined && { instanceNumber }),
      decodeInto: (target) => decode(n, target),
    })
  }
  const characterSet = characterSetOf(attributes)
  const seriesNumber = numberOf(attributes, TAG.seriesNumber)
  return {
    instance: {
      path,
      patient: patientOf(attributes, characterSet),
      studyInstanceUid: textOf(attributes, TAG.studyInstanceUid),
      studyDate: isoDateOf(attributes, TAG.studyDate),
      studyDescription: namedTextOf(attributes, TAG.studyDescription, characterSet),
      accessionNumber: namedTextOf(attributes, TAG.accessionNumber, characterSet),
      circumstances: circumstancesOf(attributes, characterSet),
      seriesInstanceUid: textOf(attributes, TAG.seriesInstanceUid),
      seriesDescription: namedTextOf(attributes, TAG.seriesDescription, characterSet),
      ...(seriesNumber !== undefined && { seriesNumber }),
      frameOfReferenceUid: textOf(attributes, TAG.frameOfReferenceUid),
      acquisition: acquisitionOf(groups.frame(0), characterSet),
      frames,
    },
  }
}

function patientOf(attributes: Attributes, characterSet: readonly string[]): PatientIdentity {
  const sex = textOf(attributes, TAG.patientSex)
  const age = ageYearsOf(textOf(attributes, TAG.patientAge))
  return {
    patientId: namedTextOf(attributes, TAG.patientId, characterSet),
    patientName: namedTextOf(attributes, TAG.patientName, characterSet),
    patientBirthDate: isoDateOf(attributes, TAG.patientBirthDate),
    patientSex: sex === 'F' || sex === 'M' || sex === 'O' ? sex : '',
    ...(age !== undefined && { patientAgeYears: age }),
  }
}

/** Years of a DICOM age string: three digits and a unit. @see DICOM PS3.5 6.2, AS */
function ageYearsOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d{3})([DWMY])$/.exec(text) ?? []
  const perYear = { D: 365.25, W: 365.25 / 7, M: 12, Y: 1 }[unit ?? '']
  return digits === undefined || perYear === undefined ? undefined : Number(digits) / perYear
}
