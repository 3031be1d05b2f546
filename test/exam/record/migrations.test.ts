import { expect, it } from 'vitest'
import { migrateToCurrent } from '../../../src/exam/record/migrations/migrations.ts'

it('walks through every version in between', () => {
  const migrations = {
    1: (record: object) => ({ ...record, two: true }),
    2: (record: object) => ({ ...record, three: 'two' in record }),
  }
  expect(migrateToCurrent({ schemaVersion: 1 }, 3, migrations)).toEqual({
    schemaVersion: 3,
    two: true,
    three: true,
  })
})

it.each([
  [null],
  [[]],
  ['text'],
  [{}],
  [{ schemaVersion: '1' }],
  [{ schemaVersion: 0 }],
  [{ schemaVersion: 1.5 }],
])('refuses %j, which states no version', (json) => {
  expect(() => migrateToCurrent(json, 1)).toThrow(expect.objectContaining({ code: 'RECORD_INVALID' }))
})

it('refuses a version from which no way leads on', () => {
  expect(() => migrateToCurrent({ schemaVersion: 1 }, 2, {})).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID' }),
  )
})
