import { type Attributes, isoTimeOf, numberOf } from './attributes.ts'
import { namedTextOf } from './characterSet.ts'
import type { StudyCircumstances } from './ctStudy.ts'
import { TAG } from './tags.ts'

/** Taller or heavier than anyone is a slip, often metres for centimetres; the fact is then left out. */
const TALLEST_M = 2.6
const HEAVIEST_KG = 500

/**
 * What a file's header says of its study beside the images.
 * @see DICOM PS3.3 C.7.2.1 (study), C.7.2.2 (patient study), C.7.5.1 (equipment)
 */
export function circumstancesOf(attributes: Attributes, characterSet: readonly string[]): StudyCircumstances {
  const studyTime = isoTimeOf(attributes, TAG.studyTime)
  const institutionName = namedTextOf(attributes, TAG.institutionName, characterSet)
  const referringPhysicianName = namedTextOf(attributes, TAG.referringPhysicianName, characterSet)
  const size = numberOf(attributes, TAG.patientSize) ?? 0
  const weight = numberOf(attributes, TAG.patientWeight) ?? 0
  return {
    ...(studyTime !== '' && { studyTime }),
    ...(institutionName !== '' && { institutionName }),
    ...(referringPhysicianName !== '' && { referringPhysicianName }),
    ...(size > 0 && size <= TALLEST_M && { patientHeightCm: Number((size * 100).toFixed(1)) }),
    ...(weight > 0 && weight <= HEAVIEST_KG && { patientWeightKg: weight }),
  }
}
