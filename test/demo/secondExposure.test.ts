import dicomParser from 'dicom-parser'
import { describe, expect, it } from 'vitest'
import { examDose } from '../../src/demo/examDose.ts'
import { defaultExamParameters } from '../../src/demo/examParameters.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { secondExposure } from '../../src/demo/secondExposure.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { smallExam } from './smallExam.ts'
import { scannerAt, statedExam } from './statedExam.ts'

const { tissue } = statedExam({ marrowFatFraction: 0.4 })
const pair = (noiseSdHu: number, second: number) =>
  smallExam(
    { columns: 64, rows: 48, pixelSpacingMm: 3, sliceCount: 5, sliceThicknessMm: 5, sliceSpacingMm: 4 },
    {
      tissue,
      scanner: scannerAt(80),
      image: { noiseSdHu, blurSigmaMm: 0.6 },
      dualEnergy: { kvp: 140, noiseSdHu: second },
    },
  )

describe('a dual-energy pair', () => {
  it('is the same exam at another voltage', () => {
    expect(secondExposure(defaultExamParameters)).toBeUndefined()
    const parameters = pair(12, 8)
    const { scanner, ...rest } = secondExposure(parameters)!
    expect(scanner).toEqual(scannerAt(140))
    expect({ ...rest, scanner: parameters.scanner }).toEqual(parameters)
    expect(() => renderExam(defaultExamParameters, { series: 'second' })).toThrow(RangeError)
  })

  it('is written as a second series in the same place, with its voltage and its irradiation', async () => {
    const files = new Map<string, Uint8Array>()
    const told: string[] = []
    await writeExam(
      pair(12, 8),
      async (path, bytes) => {
        files.set(path, bytes)
      },
      { onProgress: (done, total) => told.push(`${done}/${total}`) },
    )
    expect(told.at(-1)).toBe('17/17')
    const { volume } = renderExam(pair(12, 8), { series: 'second' })
    for (let slice = 0; slice < 5; slice++) {
      const [first, second] = ['SE2', 'SE4'].map((folder) =>
        dicomParser.parseDicom(files.get(`dicom/${folder}/IM000${5 - slice}.dcm`)!),
      )
      // frame of reference, position, study
      for (const tag of ['x00200052', 'x00200032', 'x0020000d'])
        expect(second!.string(tag)).toBe(first!.string(tag))
      // series, irradiation event
      for (const tag of ['x0020000e', 'x00083010']) expect(second!.string(tag)).not.toBe(first!.string(tag))
      expect([first!.string('x00180060'), second!.string('x00180060')].map(Number)).toEqual([80, 140])
      const { dataOffset, length } = second!.elements.x7fe00010!
      const pixels = new Uint16Array(second!.byteArray.slice(dataOffset, dataOffset + length).buffer)
      expect(Array.from(pixels)).toEqual(Array.from(volume.voxels.subarray(slice * 3072, (slice + 1) * 3072)))
    }
  })

  it('has noise of its own, of the SD it asks for', () => {
    const difference = (series: 'soft' | 'second', noisy: [number, number]) => {
      const [quiet, loud] = [pair(0, 0), pair(...noisy)].map((p) => renderExam(p, { series }).volume.voxels)
      // air and what lies at the rim of 12 bits is cut off there
      return Array.from(loud!, (value, at) =>
        quiet![at]! > 200 && quiet![at]! < 3000 ? value - quiet![at]! : 0,
      )
    }
    const [soft, second] = [difference('soft', [12, 8]), difference('second', [12, 8])]
    const used = soft.flatMap((value, at) => (value !== 0 && second[at] !== 0 ? [at] : []))
    const mean = (of: (at: number) => number) => used.reduce((sum, at) => sum + of(at), 0) / used.length
    const sd = (noise: number[]) => Math.sqrt(mean((at) => noise[at]! ** 2))
    // dropping zeros lifts the SD by a few per cent, and several thousand voxels know it to 2 %
    expect(Math.abs(sd(soft) / 12 - 1)).toBeLessThan(0.1)
    expect(Math.abs(sd(second) / 8 - 1)).toBeLessThan(0.1)
    const correlation = mean((at) => soft[at]! * second[at]!) / (sd(soft) * sd(second))
    // 4 / √n for independent noise
    expect(used.length).toBeGreaterThan(4000)
    expect(Math.abs(correlation)).toBeLessThan(0.07)
  })

  it('states a second spiral in the dose', () => {
    const events = examDose(pair(12, 8))!
    expect(events.map(({ exposureEvent, seriesNumber, kvp }) => [exposureEvent, seriesNumber, kvp])).toEqual([
      [null, 1, undefined],
      [1, 2, undefined],
      [2, 4, 140],
    ])
    expect(events[2]!.dlpMgyCm).toBe(events[1]!.dlpMgyCm)
  })
})
