import { expect, it } from 'vitest'
import { csvText } from '../../../src/exam/render/csv.ts'

it('quotes what needs quotes and keeps numbers whole', () => {
  expect(csvText(['a', 'b'], [['x, "y"', 0.1 + 0.2]])).toBe('a,b\r\n"x, ""y""",0.30000000000000004\r\n')
})

it('writes nothing where nothing is known', () => {
  expect(csvText(['a', 'b'], [[null, Number.NaN]])).toBe('a,b\r\n,\r\n')
})

it.each(['=1+1', '+1', '-cmd', '@SUM(A1)', '\tx', '\rx'])(
  'disarms %j, which a spreadsheet would run',
  (text) => {
    expect(csvText(['a'], [[text]])).toContain(`'${text}`)
  },
)

it('leaves negative numbers alone', () => {
  expect(csvText(['a'], [[-5.5]])).toBe('a\r\n-5.5\r\n')
})
