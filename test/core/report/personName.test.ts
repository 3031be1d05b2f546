import { expect, it } from 'vitest'
import { personName } from '../../../src/core/report/personName.ts'

it.each([
  ['Example^Anna', 'Example, Anna'],
  ['Example^Anna^Maria^Dr^MD', 'Example, Anna Maria, Dr, MD'],
  ['Example', 'Example'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada, Tarou (山田, 太郎, やまだ, たろう)'],
  ['=山田^太郎', '山田, 太郎'],
  ['^^^', ''],
  ['', ''],
])('reads the DICOM name %j as %j', (dicom, read) => {
  expect(personName(dicom)).toBe(read)
})
