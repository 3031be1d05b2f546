import { type QctWarning, qctWarning } from '../errors.ts'
import { phrase } from '../words/words.ts'
import { type IrradiationEvent, isLocalizerEvent } from './irradiationEvent.ts'

/**
 * DLP ÷ CTDIvol over the scanned length, where the numbers belong together. Real reports of five scanners lie from
 * 0.82 to 1.17: overranging is counted or not, by vendor.
 */
const LEAST_LENGTH_RATIO = 0.75
const MOST_LENGTH_RATIO = 1.3
/** A stated time this many times longer than table speed allows is milliseconds written as seconds, or worse. */
const MOST_TIME_RATIO = 10
const MM_PER_CM = 10

const quantity = (name: 'ctdiVol' | 'dlp') => phrase(`dose.quantity.${name}`)

function valueDoubts({ ctdiVol, dlp, phantomCm, phantomCode }: IrradiationEvent): QctWarning[] {
  const doubts: QctWarning[] = []
  for (const [name, stated] of [
    ['ctdiVol', ctdiVol],
    ['dlp', dlp],
  ] as const) {
    if (stated === undefined) doubts.push(qctWarning('DOSE_VALUE_MISSING', { quantity: quantity(name) }))
    else if (stated.value === 0) doubts.push(qctWarning('DOSE_VALUE_ZERO', { quantity: quantity(name) }))
  }
  if (phantomCm === undefined && phantomCode === undefined)
    doubts.push(qctWarning('DOSE_PHANTOM_NOT_STATED', {}))
  return doubts
}

/** Fluoroscopy runs state a length of zero with a real DLP: there is nothing to compare. */
function lengthDoubt(event: IrradiationEvent): QctWarning[] {
  const { ctdiVol, dlp, acquisitionType } = event
  if (ctdiVol === undefined || dlp === undefined || acquisitionType === 'free') return []
  const lengths = [event.scanningLength, event.exposedRange].flatMap((length) =>
    length !== undefined && length.value > 0 ? [length.value] : [],
  )
  if (ctdiVol.value === 0 || lengths.length === 0) return []
  const implied = (dlp.value / ctdiVol.value) * MM_PER_CM
  const fits = lengths.some(
    (length) => implied / length >= LEAST_LENGTH_RATIO && implied / length <= MOST_LENGTH_RATIO,
  )
  return fits ? [] : [qctWarning('DOSE_LENGTH_IMPLAUSIBLE', { implied, stated: lengths[0] as number })]
}

/** A spiral covers pitch × collimation per rotation, so its length and rotation time give its duration. */
function timeDoubt(event: IrradiationEvent): QctWarning[] {
  const { exposureTime, scanningLength, pitch, totalCollimation, acquisitionType, sources } = event
  const rotation = sources.find(({ rotationTime }) => rotationTime !== undefined)?.rotationTime
  if (acquisitionType !== 'spiral' || !exposureTime || !scanningLength || !rotation) return []
  const feed = (pitch?.value ?? 0) * (totalCollimation?.value ?? 0)
  const expected = (scanningLength.value / feed) * rotation.value
  if (!Number.isFinite(expected) || expected === 0) return []
  return exposureTime.value > MOST_TIME_RATIO * expected
    ? [qctWarning('DOSE_TIME_IMPLAUSIBLE', { stated: exposureTime.value, expected })]
    : []
}

/**
 * What speaks against the numbers of an event: values missing or zero, a phantom not stated, a DLP that does not fit
 * CTDIvol and length, a time no table could take. Nothing is corrected.
 *
 * Of a localizer nothing is asked: scanners state a dose for it or not, and none is reported.
 */
export function eventDoubts(event: IrradiationEvent): readonly QctWarning[] {
  const time = timeDoubt(event)
  return isLocalizerEvent(event) ? time : [...valueDoubts(event), ...lengthDoubt(event), ...time]
}
