import { describe, expect, it } from 'vitest'
import { nameLevels } from '../../../src/segmentation/vertebra/nameLevels.ts'
import type { NamingEvidence } from '../../../src/segmentation/vertebra/namingEvidence.ts'

const plain: NamingEvidence = {
  wings: 0,
  wingsBelow: 0,
  ribs: [false, false],
  fieldShowsRibs: true,
  fieldShowsBelow: true,
}
const s1 = { ...plain, wings: 0.5 }
const l5 = { ...plain, wings: 0.1, wingsBelow: 0.4 }
const ribbed: NamingEvidence = { ...plain, ribs: [true, true] }
const column = [l5, plain, plain, plain, plain]

describe('nameLevels', () => {
  it('names a column that sacrum and last ribs agree on, without a doubt', () => {
    expect(nameLevels([...column, ribbed])).toEqual({
      names: ['L5', 'L4', 'L3', 'L2', 'L1', 'T12'],
      warnings: [],
    })
  })

  it('gives no lumbar name to the sacrum below or to T11 above', () => {
    const named = nameLevels([s1, ...column, ribbed, ribbed])
    expect('names' in named && named.names).toEqual([null, 'L5', 'L4', 'L3', 'L2', 'L1', 'T12', null])
  })

  it('takes a rib on one side for a rib', () => {
    const named = nameLevels([...column, { ...plain, ribs: [false, true] }])
    expect('names' in named && named.names[5]).toBe('T12')
  })

  it('names from the sacrum alone with a warning, where the field ends below the ribs', () => {
    const named = nameLevels(column.slice(0, 4))
    expect('names' in named && named.names).toEqual(['L5', 'L4', 'L3', 'L2'])
    expect('names' in named && named.warnings.map(({ code }) => code)).toEqual(['LEVELS_FROM_ONE_EVIDENCE'])
  })

  it.each([
    ['six bodies between sacrum and ribs', [...column, plain, ribbed], 'evidence contradicts itself'],
    ['four bodies between sacrum and ribs', [l5, plain, plain, plain, ribbed], 'evidence contradicts itself'],
    ['a sixth body in a wide field without ribs', [...column, plain], 'evidence contradicts itself'],
    ['ribs that stop again', [...column, ribbed, plain], 'evidence contradicts itself'],
    ['wings in the middle of the column', [l5, plain, s1, plain], 'evidence contradicts itself'],
    ['wings that are neither', [{ ...plain, wings: 0.26 }, l5, plain], 'evidence contradicts itself'],
    ['a sacrum without wings just below the next body', [s1, plain, plain], 'a body was missed'],
    ['ribs without a sacrum', [plain, plain, ribbed], 'no sacrum in the scan'],
    ['nothing', [plain, plain, plain], 'no sacrum and no last ribs'],
  ] as const)('leaves the names open with %s', (_, evidence, doubt) => {
    expect(nameLevels(evidence)).toEqual({ doubt })
  })
})
