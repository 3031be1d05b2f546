import { describe, expect, it } from 'vitest'
import { parseRoiFile } from '../../../src/exam/record/roiFile.ts'

const seed = { level: 'L1', centerLps: [1, 2, 3] }

describe('a ROI file', () => {
  it('gives seeds, fixed VOIs and rods', () => {
    const fixed = {
      level: 'L2',
      centerLps: [1, 2, 3],
      radiiMm: [10, 8],
      lateralLps: [1, 0, 0],
      normalLps: [0, 0, 1],
    }
    const rods = [{ label: 'A', centerLps: [0, 0, 0], radiusMm: 6 }]
    const { roiFile, warnings } = parseRoiFile({ schemaVersion: 1, spine: [seed, fixed], rods })
    expect(roiFile).toEqual({ schemaVersion: 1, spine: [seed, fixed], rods })
    expect(warnings).toEqual([])
  })

  it('may leave out spine or rods', () => {
    expect(parseRoiFile({ schemaVersion: 1 }).roiFile).toEqual({ schemaVersion: 1, spine: [], rods: [] })
  })

  it('warns of keys it does not know, with their paths', () => {
    const { warnings } = parseRoiFile({ schemaVersion: 1, spine: [{ ...seed, radiusMm: 3 }], hip: [] })
    expect(warnings).toMatchObject([
      { code: 'INPUT_KEY_UNKNOWN', details: { keys: ['spine[0].radiusMm', 'hip'] } },
    ])
  })

  it.each([
    [{ spine: [seed] }, 'schemaVersion'],
    [{ schemaVersion: 2 }, 'schemaVersion'],
    [{ schemaVersion: 1, spine: [{ ...seed, level: 'L9' }] }, 'spine[0].level'],
    [{ schemaVersion: 1, spine: [{ ...seed, centerLps: [1, 2] }] }, 'spine[0].centerLps'],
    [{ schemaVersion: 1, spine: [{ ...seed, centerLps: [1, 2, null] }] }, 'spine[0].centerLps[2]'],
    [{ schemaVersion: 1, spine: [{ ...seed, radiiMm: [10, -1] }] }, 'spine[0].radiiMm[1]'],
    [{ schemaVersion: 1, spine: [{ ...seed, normalLps: [0, 0, 1] }] }, 'spine[0].radiiMm'],
    [{ schemaVersion: 1, spine: [seed, seed] }, 'spine[1].level'],
    [{ schemaVersion: 1, spine: [{ ...seed, radiiMm: [9, 9], normalLps: [0, 0, 0] }] }, 'spine[0]'],
    [{ schemaVersion: 1, spine: [{ ...seed, radiiMm: [9, 9], lateralLps: [1, 0, 0.1] }] }, 'spine[0]'],
    [{ schemaVersion: 1, rods: [{ label: 'A', centerLps: [0, 0, 0], radiusMm: 0 }] }, 'rods[0].radiusMm'],
    [[], 'the top'],
  ])('is refused with the path of its first fault: %j', (json, path) => {
    expect(() => parseRoiFile(json)).toThrow(
      expect.objectContaining({ code: 'ROI_FILE_INVALID', details: expect.objectContaining({ path }) }),
    )
  })
})
