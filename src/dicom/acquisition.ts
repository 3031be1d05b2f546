import { degrees, kvp, mm } from '../core/units.ts'
import { doubleOf, isoDateOf, isoTimeOf, itemsOf, numberOf, textOf, textsOf } from './attributes.ts'
import { namedTextOf } from './characterSet.ts'
import type { Acquisition } from './ctStudy.ts'
import type { FrameAttributes } from './functionalGroups.ts'
import { TAG } from './tags.ts'

/** Stated exposure and current × time may differ by pitch and by what counts as time, not by more than this factor. */
const MOST_DISAGREEMENT = 10

/** Leaves out what the header does not say, so that absent stays absent. */
function stated<T extends object>(facts: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''),
  ) as Partial<T>
}

/**
 * How a file's frames were acquired and reconstructed, as its header (or, enhanced, its functional groups) says.
 * @see DICOM PS3.3 C.8.2.1, C.8.15.3
 */
export function acquisitionOf(frame: FrameAttributes, characterSet: readonly string[]): Acquisition {
  const text = (tag: string) => namedTextOf(frame.holding(tag), tag, characterSet)
  const number = (tag: string) => numberOf(frame.holding(tag), tag)
  const positive = (tag: string) => {
    const value = number(tag)
    return value !== undefined && value > 0 ? value : undefined
  }
  const voltage = positive(TAG.kvp)
  const thickness = positive(TAG.sliceThickness)
  const diameter = positive(TAG.reconstructionDiameter)
  const height = number(TAG.tableHeight)
  const tilt = number(TAG.gantryDetectorTilt)
  const inMicro = number(TAG.exposureInUas)
  const imageTypes = textsOf(frame.holding(TAG.frameType), TAG.frameType)
  return {
    ...stated<Omit<Acquisition, 'imageType'>>({
      manufacturer: text(TAG.manufacturer),
      manufacturerModelName: text(TAG.manufacturerModelName),
      deviceSerialNumber: text(TAG.deviceSerialNumber),
      stationName: text(TAG.stationName),
      kvp: voltage === undefined ? undefined : kvp(voltage),
      convolutionKernel: text(TAG.convolutionKernel),
      sliceThickness: thickness === undefined ? undefined : mm(thickness),
      reconstructionDiameter: diameter === undefined ? undefined : mm(diameter),
      tableHeight: height === undefined ? undefined : mm(height),
      exposureMas: believable(
        doubleOf(frame.holding(TAG.exposureInMas), TAG.exposureInMas) ??
          number(TAG.exposure) ??
          (inMicro === undefined ? undefined : inMicro / 1000),
        number(TAG.xRayTubeCurrent),
        number(TAG.exposureTime),
      ),
      contrastBolusAgent: text(TAG.contrastBolusAgent) || contrastOf(frame, characterSet),
      gantryDetectorTilt: tilt === undefined ? undefined : degrees(tilt),
      patientPosition: text(TAG.patientPosition),
      acquisitionDate:
        isoDateOf(frame.holding(TAG.acquisitionDate), TAG.acquisitionDate) ||
        isoDateOf(frame.holding(TAG.acquisitionDateTime), TAG.acquisitionDateTime),
      monoenergeticKev: doubleOf(
        frame.holding(TAG.monoenergeticEnergyEquivalent),
        TAG.monoenergeticEnergyEquivalent,
      ),
      acquisitionTime: isoTimeOf(frame.holding(TAG.acquisitionTime), TAG.acquisitionTime),
    }),
    imageType: imageTypes.length > 0 ? imageTypes : textsOf(frame.holding(TAG.imageType), TAG.imageType),
  }
}

/**
 * The stated exposure, unless tube current × exposure time of the same header contradicts it many times over: some
 * scanners write another quantity there, and a wrong figure is worse than none. Pitch makes the two differ by less.
 */
function believable(stated: number | undefined, milliampere = 0, milliseconds = 0): number | undefined {
  const product = (milliampere * milliseconds) / 1000
  if (stated === undefined || product <= 0) return stated
  return stated / product <= MOST_DISAGREEMENT && product / stated <= MOST_DISAGREEMENT ? stated : undefined
}

/** The coded name of a contrast agent, where enhanced files put it. */
function contrastOf(frame: FrameAttributes, characterSet: readonly string[]): string {
  const agents = itemsOf(frame.holding(TAG.contrastBolusAgentSequence), TAG.contrastBolusAgentSequence)
  return agents
    .map((agent) => namedTextOf(agent, TAG.codeMeaning, characterSet) || textOf(agent, TAG.codeValue))
    .filter((name) => name !== '')
    .join(', ')
}
