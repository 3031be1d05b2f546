import { describe, expect, it } from 'vitest'
import { QctError } from '../../src/core/errors.ts'
import { lpsPoint, lpsVector } from '../../src/core/geometry/lps.ts'
import { mm } from '../../src/core/units.ts'
import { chooseSeries } from '../../src/dicom/chooseSeries.ts'
import type { CtInstance } from '../../src/dicom/ctInstance.ts'
import type { CtFrame } from '../../src/dicom/ctStudy.ts'
import { groupStudies } from '../../src/dicom/groupStudies.ts'
import { makeFiles, makeFrame, makeStack, shuffled, steps } from './ctFixture.ts'

type Facts = NonNullable<Parameters<typeof makeFiles>[1]>

/** A series of 100 mm with its own UID. */
function series(uid: string, over: Facts = {}, frames: readonly CtFrame[] = makeStack(steps(101, 1))) {
  return makeFiles(frames, { seriesInstanceUid: uid, seriesNumber: Number(uid), ...over })
}

function choose(files: readonly CtInstance[], asked?: string) {
  const [study] = groupStudies(shuffled(files))
  return chooseSeries(study!, asked === undefined ? {} : { series: asked })
}
const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error instanceof QctError ? error.code : error
  }
  return undefined
}

describe('chooseSeries', () => {
  it('takes the only series, and names that as the reason', () => {
    const { series: chosen, reasons, warnings } = choose(series('1'))
    expect(chosen.id).toBe('1')
    expect(reasons).toEqual(['It is the only CT series of the study.'])
    expect(warnings).toEqual([])
  })

  it('takes the soft one of an edge-kernel pair, says why, and warns for neither', () => {
    const pair = [
      ...series('1', { acquisition: { convolutionKernel: 'BONEPLUS' } }),
      ...series('2', { acquisition: { convolutionKernel: 'STANDARD' } }),
    ]
    const { series: chosen, reasons, warnings } = choose(pair)
    expect(chosen.id).toBe('2')
    expect(reasons).toEqual(['Its kernel (STANDARD) is the softest among the series left.'])
    expect(warnings).toEqual([])
  })

  it('warns when the sharp one is asked for or is all there is', () => {
    const sharp = series('1', { acquisition: { convolutionKernel: 'BONEPLUS' } })
    expect(choose(sharp).warnings).toMatchObject([{ code: 'KERNEL_SHARP', details: { kernel: 'BONEPLUS' } }])
    const asked = choose([...sharp, ...series('2')], '1')
    expect(asked.warnings.map(({ code }) => code)).toEqual(['KERNEL_SHARP'])
    expect(asked.reasons).toEqual(['It was asked for by name.'])
  })

  it('warns of kernels that nobody can place', () => {
    expect(choose(series('1', { acquisition: { convolutionKernel: 'XQ7' } })).warnings).toMatchObject([
      { code: 'KERNEL_UNKNOWN' },
    ])
    expect(choose(series('1', { acquisition: { convolutionKernel: '' } })).warnings).toMatchObject([
      { code: 'KERNEL_NOT_STATED' },
    ])
  })

  it('warns of a monoenergetic image and prefers a conventional one', () => {
    const mono = series('1', { seriesDescription: 'Mono 70 keV' })
    expect(choose(mono).warnings).toMatchObject([
      { code: 'VIRTUAL_MONOENERGETIC', details: { energy: '70 keV' } },
    ])
    expect(choose([...mono, ...series('2')]).series.id).toBe('2')
  })

  it('takes the whole field before thinner slices of a smaller one', () => {
    const zoomed = series('1', { acquisition: { reconstructionDiameter: mm(200) } })
    const whole = series('2', { acquisition: { reconstructionDiameter: mm(500), sliceThickness: mm(5) } })
    const { series: chosen, reasons } = choose([...zoomed, ...whole])
    expect(chosen.id).toBe('2')
    expect(reasons[0]).toContain('whole field (500 mm)')
  })

  it('takes thin slices before a softer kernel, as thick ones blur endplates into the VOI', () => {
    const thick = series('1', { acquisition: { sliceThickness: mm(5) } })
    const thin = series('2', { acquisition: { sliceThickness: mm(1), convolutionKernel: 'DETAIL' } })
    expect(choose([...thick, ...thin]).series.id).toBe('2')
  })

  it('takes the scan without contrast agent', () => {
    const contrast = series('1', { acquisition: { contrastBolusAgent: 'agent' } })
    expect(choose([...contrast, ...series('2')]).series.id).toBe('2')
  })

  it('takes the axial series before its reformats', () => {
    const coronal = steps(101, 1).map((y) =>
      makeFrame(lpsPoint(0, y, 0), undefined, {
        imageOrientationPatient: [lpsVector(1, 0, 0), lpsVector(0, 0, -1)],
      }),
    )
    expect(choose([...series('1', {}, coronal), ...series('2')]).series.id).toBe('2')
    expect(choose(series('1', {}, coronal)).warnings.map(({ code }) => code)).toEqual(['SERIES_NOT_AXIAL'])
  })

  it('takes no short monitoring block before the scan', () => {
    const block = series('1', {}, makeStack(steps(4, 1)))
    expect(choose([...block, ...series('2')]).series.id).toBe('2')
  })

  it('never takes a refused geometry while another is sound', () => {
    const holed = series('1', {}, makeStack([...steps(80, 1), ...steps(80, 1, 100)]))
    const { series: chosen, reasons } = choose([...holed, ...series('2')])
    expect(chosen.id).toBe('2')
    expect(reasons[0]).toContain('Other series (1) cannot be measured')
  })

  it('fails with the code of the geometry when nothing is sound, and when a refused series is asked for', () => {
    const holed = series('1', {}, makeStack([...steps(80, 1), ...steps(80, 1, 100)]))
    expect(codeOf(() => choose(holed))).toBe('GEOMETRY_SLICES_MISSING')
    expect(codeOf(() => choose([...holed, ...series('2')], '1'))).toBe('GEOMETRY_SLICES_MISSING')
  })

  it('fails for maps of other quantities and for a series that is not there', () => {
    const map = series('1', { seriesDescription: 'Iodine map' })
    expect(codeOf(() => choose(map))).toBe('SERIES_NOT_CT_NUMBERS')
    expect(codeOf(() => choose(map, 'nowhere'))).toBe('SERIES_UNKNOWN')
  })

  it('gives the same choice for series alike in everything, whatever the order of files', () => {
    const twins = [...series('1', { seriesNumber: 3 }), ...series('2', { seriesNumber: 3 })]
    expect(choose(twins).series.id).toBe('1')
    expect(choose([...twins].reverse()).series.id).toBe('1')
  })
})
