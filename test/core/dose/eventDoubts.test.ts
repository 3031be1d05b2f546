import { describe, expect, it } from 'vitest'
import { eventDoubts } from '../../../src/core/dose/eventDoubts.ts'
import { madeEvent, stated, without } from './madeDose.ts'

const codes = (...args: Parameters<typeof madeEvent>) =>
  eventDoubts(madeEvent(...args)).map(({ code }) => code)

describe('eventDoubts', () => {
  it('has nothing to say of an event whose numbers belong together', () => {
    expect(codes()).toEqual([])
  })

  it('accepts the lengths real scanners imply, and doubts those none does', () => {
    // 10.50 mGy over 100 mm; the real files lie from 0.82 to 1.17
    for (const dlp of ['86.1', '105', '122.8']) expect(codes({ dlp: stated(dlp) }), dlp).toEqual([])
    for (const dlp of ['10.5', '78', '137', '1050'])
      expect(codes({ dlp: stated(dlp) }), dlp).toEqual(['DOSE_LENGTH_IMPLAUSIBLE'])
  })

  it('compares with the exposed range where that fits better', () => {
    expect(codes({ dlp: stated('70'), exposedRange: stated('66') })).toEqual([])
  })

  it('compares no length of a fluoroscopy run, and none where none is stated', () => {
    expect(codes({ acquisitionType: 'free', scanningLength: stated('0'), dlp: stated('2') })).toEqual([])
    expect(eventDoubts(without(madeEvent({ dlp: stated('2') }), 'scanningLength'))).toEqual([])
  })

  it('counts a value that is missing, zero or without a phantom', () => {
    expect(
      eventDoubts(without(madeEvent(), 'ctdiVol', 'phantomCm', 'phantomCode')).map(({ code }) => code),
    ).toEqual(['DOSE_VALUE_MISSING', 'DOSE_PHANTOM_NOT_STATED'])
    expect(codes({ dlp: stated('0.0') })).toEqual(['DOSE_VALUE_ZERO', 'DOSE_LENGTH_IMPLAUSIBLE'])
  })

  it('asks nothing of a localizer', () => {
    expect(
      eventDoubts(without(madeEvent({ acquisitionType: 'constant-angle' }), 'ctdiVol', 'dlp', 'phantomCm')),
    ).toEqual([])
  })

  it('treats an event of unknown kind as one that must state its dose', () => {
    expect(eventDoubts(without(madeEvent(), 'acquisitionType', 'dlp')).map(({ code }) => code)).toEqual([
      'DOSE_VALUE_MISSING',
    ])
  })
})
