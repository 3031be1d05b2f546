import { describe, expect, it } from 'vitest'
import { reportPopulation } from '../../../src/core/report/population.ts'

describe('the population whose rules hold', () => {
  it.each([
    ['a postmenopausal woman of 45', 'F', 45, 'post', 'A'],
    ['a woman in menopausal transition', 'F', 49, 'peri', 'T'],
    ['a premenopausal woman', 'F', 49, 'pre', 'B'],
    ['a man of exactly 50', 'M', 50, null, 'A'],
    ['a man of 49.99', 'M', 49.99, null, 'B'],
    ['a girl of 19.99, whatever is stated', 'F', 19.99, 'post', 'C'],
    ['a child of unstated sex', null, 8, null, 'C'],
    ['a woman of exactly 20', 'F', 20, 'pre', 'B'],
  ] as const)('%s', (_, sex, ageYears, menopausalStatus, population) => {
    expect(reportPopulation({ sex, ageYears, menopausalStatus })).toEqual({ population })
  })

  it('assumes postmenopause from 65 years and says so', () => {
    expect(reportPopulation({ sex: 'F', ageYears: 65, menopausalStatus: null })).toEqual({
      population: 'A',
      assumed: 'postmenopausalByAge',
    })
  })

  it.each([
    ['sex', null, 70, null],
    ['sex', 'O', 70, null],
    ['age', 'M', null, null],
    ['age', null, null, null],
    ['age', 'F', null, 'pre'],
    ['menopausalStatus', 'F', 64.99, null],
  ] as const)('names %s as what is missing', (missing, sex, ageYears, menopausalStatus) => {
    expect(reportPopulation({ sex, ageYears, menopausalStatus })).toEqual({ population: null, missing })
  })
})
