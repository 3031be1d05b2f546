import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { hu } from '../../../src/core/units.ts'
import type { CtVolume } from '../../../src/core/volume/ctVolume.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { examFigures } from '../../../src/exam/render/figures.ts'
import { exampleLevel, exampleRecord } from '../record/exampleRecord.ts'

/** A box of 200 HU around the VOIs and rods of the example record. */
const volume: CtVolume = {
  quantity: 'HU',
  voxels: new Int16Array(60 * 60 * 20).fill(200),
  rescale: { slope: 1, intercept: hu(0) },
  geometry: {
    size: [60, 60, 20],
    origin: lpsPoint(-90, -60, 260),
    spacing: [3, 3, 4],
    axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
  },
}

const plain = examFigures(volume, exampleRecord())

const names = (record: ExamRecord) => examFigures(volume, record).map(({ name }) => name)

describe('the figures of an exam', () => {
  it('are each VOI, the rods and the calibration line', () => {
    expect(plain.map(({ name }) => name)).toEqual(['voi-L1.png', 'voi-L2.png', 'rods.png', 'calibration.png'])
  })

  it('are the VOIs alone without calibration, and none for a level without a VOI', () => {
    const record = exampleRecord()
    record.results.calibration = { ...record.results.calibration, slopeMgPerCm3PerHu: null, rods: [] }
    record.results.spine.levels = [exampleLevel('L1', null), exampleLevel('L2', null)]
    expect(names(record)).toEqual(['voi-L1.png', 'voi-L2.png'])
    record.decisions.rois = record.decisions.rois.map((roi) =>
      roi.level === 'L2' ? { ...roi, voi: null } : roi,
    )
    expect(names(record)).toEqual(['voi-L1.png'])
  })

  it('show the VOI tinted in the middle of the plane that decides the number', () => {
    const [figure] = plain
    const { data, width, channels } = decode(figure?.png ?? new Uint8Array())
    // The large pane is 560 pixels wide below a title of 40; the VOI's middle lies 12 mm before the pane's.
    const at = channels * (width * Math.round(40 + 280 - 12 / 0.17) + 8 + 280)
    const [red, , blue] = [data[at] ?? 0, data[at + 1], data[at + 2] ?? 0]
    expect(red).toBeGreaterThan(blue + 10) // tinted with the orange of vertebrae; plain grey would be equal
    const outside = channels * (width * (40 + 100) + 8 + 100)
    expect(data[outside]).toBe(data[outside + 2])
  })

  it('look at the patient the same way, whichever way the axes of the VOI point', () => {
    const turned = exampleRecord()
    turned.decisions.rois = turned.decisions.rois.slice(0, 1).map((roi) => ({
      ...roi,
      voi: roi.voi && { ...roi.voi, normalLps: [0, 0, -1], lateralLps: [-1, 0, 0] },
    }))
    const [first] = plain
    const [second] = examFigures(volume, turned)
    const [a, b] = [decode(first?.png ?? new Uint8Array()), decode(second?.png ?? new Uint8Array())]
    let different = 0
    for (let at = 0; at < a.data.length; at += 1)
      if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > 32) different += 1
    // Where an outline begins its dashes depends on its axes: that is all that may differ.
    expect(different / a.data.length).toBeLessThan(0.002)
  })

  it('are the same bytes for the same exam', () => {
    expect(examFigures(volume, exampleRecord())).toEqual(plain)
  })
})
