import { expect, it } from 'vitest'
import { readInstances } from '../../src/dicom/readInstances.ts'
import { type Changes, ctBytes, named } from './dicomBytes.ts'

async function circumstancesOf(elements: readonly (readonly [number, string, string])[]) {
  const changes: Changes = Object.fromEntries(elements.map((element) => [element[0], [...element]]))
  const { instances } = await readInstances([named(ctBytes(changes))])
  return instances[0]?.circumstances
}

it('takes who asked, where, when, and the patient’s size from the header', async () => {
  expect(
    await circumstancesOf([
      [0x0008_0030, 'TM', '093015.25'],
      [0x0008_0080, 'LO', 'Example Hospital'],
      [0x0008_0090, 'PN', 'Refer^Rita'],
      [0x0010_1020, 'DS', '1.62'],
      [0x0010_1030, 'DS', '66.5'],
    ]),
  ).toEqual({
    studyTime: '09:30:15',
    institutionName: 'Example Hospital',
    referringPhysicianName: 'Refer^Rita',
    patientHeightCm: 162,
    patientWeightKg: 66.5,
  })
})

it('leaves out what the header does not say', async () => {
  expect(
    await circumstancesOf([
      [0x0008_0030, 'TM', ''],
      [0x0008_0090, 'PN', ''],
      [0x0010_1020, 'DS', ''],
    ]),
  ).toEqual({})
})

it.each([
  ['a height in centimetres', '162', '66'],
  ['a height of nothing', '0', '66'],
])('leaves out %s, which is a slip', async (_, size, weight) => {
  expect(
    await circumstancesOf([
      [0x0010_1020, 'DS', size],
      [0x0010_1030, 'DS', weight],
    ]),
  ).toEqual({ patientWeightKg: 66 })
})
