import type { DoseReport } from '../../../src/core/dose/doseReport.ts'
import type { IrradiationEvent } from '../../../src/core/dose/irradiationEvent.ts'
import { type StatedQuantity, statedQuantity } from '../../../src/core/dose/statedQuantity.ts'

/** A number as a source would write it. */
export const stated = <U extends string>(digits: string): StatedQuantity<U> => {
  const quantity = statedQuantity<U>(digits)
  if (quantity === undefined) throw new Error(`${digits} is no number`)
  return quantity
}

/** A spiral of 100 mm with 10.50 mGy and 105.00 mGy·cm in the body phantom, and whatever is changed. */
export const madeEvent = (changes: Partial<IrradiationEvent> = {}): IrradiationEvent => ({
  eventUid: '1.2.9.1',
  acquisitionType: 'spiral',
  sources: [],
  scanningLength: stated('100'),
  ctdiVol: stated('10.50'),
  dlp: stated('105.00'),
  phantomCm: 32,
  phantomCode: { value: '113691', scheme: 'DCM', meaning: '' },
  ...changes,
})

/** An event without some of its facts. */
export function without(event: IrradiationEvent, ...names: (keyof IrradiationEvent)[]): IrradiationEvent {
  return Object.fromEntries(
    Object.entries(event).filter(([name]) => !names.includes(name as keyof IrradiationEvent)),
  ) as unknown as IrradiationEvent
}

/** A dose report of the given events, and whatever is changed. */
export const madeReport = (
  events: readonly IrradiationEvent[],
  changes: Partial<DoseReport> = {},
): DoseReport => ({
  sopInstanceUid: '1.2.8.1',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.67',
  subject: {
    patientId: 'P1',
    patientName: 'Test^One',
    patientBirthDate: '1950-01-01',
    patientSex: 'F',
    studyInstanceUid: '1.2.3',
  },
  accessionNumber: '',
  studyDescription: '',
  manufacturer: '',
  manufacturerModelName: '',
  contentDateTime: '20260101101500',
  irradiationStart: '20260101100000',
  irradiationEnd: '',
  scopeStudyUids: [],
  source: { value: '113856', scheme: 'DCM', meaning: '' },
  statedEvents: stated(String(events.length)),
  events: events.map((event) => ({ event, doubts: [] })),
  warnings: [],
  ...changes,
})
