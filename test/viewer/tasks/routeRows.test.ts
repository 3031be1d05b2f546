import { describe, expect, it } from 'vitest'
import { routeRows } from '../../../src/viewer/tasks/calibration/routeRows.ts'
import { exampleRecord } from '../../exam/record/exampleRecord.ts'
import { chosenRecord, comparedRecord } from './comparedRecord.ts'

const rowsOf = (...records: Parameters<typeof routeRows>) =>
  Object.fromEntries(routeRows(...records).map((row) => [row.route, row]))

describe('the table of routes', () => {
  it('has every route, with what became of it and what it lacks', () => {
    const record = comparedRecord()
    const rows = routeRows(record, record)
    expect(rows.map(({ route, status }) => [route, status])).toEqual([
      ['in-scan', 'done'],
      ['asynchronous', 'done'],
      ['tissue-precalibrated', 'not possible'],
      ['tissue-raw', 'done'],
      ['dual-energy', 'not possible'],
      ['hu-only', 'not possible'],
    ])
    expect(rows[2]?.reason).toContain('learned on this scanner')
    expect(rows[4]?.reason).toBe('no second series')
  })

  it('offers those that would change something, and marks what is for research', () => {
    const record = comparedRecord()
    const rows = rowsOf(record, record)
    expect(rows['in-scan']).toMatchObject({ isUsed: true, request: null, isResearch: false })
    expect(rows.asynchronous).toMatchObject({ isUsed: false, request: 'asynchronous' })
    expect(rows['tissue-raw']).toMatchObject({ request: 'tissue', isResearch: true, mineral: 'K2HPO4' })
    expect(rows['dual-energy']?.request).toBeNull()
  })

  it('says how far a value lies from the used one only where both cannot be right on one scale', () => {
    const record = comparedRecord()
    const rows = rowsOf(record, record)
    const far = { differenceMgPerCm3: 11.5, crossedCuts: [120] }
    expect(rows.asynchronous?.cells.map(({ level, fromUsed }) => [level, fromUsed])).toEqual(
      record.results.spine.levels.map(({ level }) => [level, level === 'L1' ? far : null]),
    )
    expect(rows['tissue-raw']?.cells[0]?.fromUsed).toBeNull()
    expect(rows['in-scan']?.cells[0]?.fromUsed).toBeNull()
  })

  it('turns the sign of the difference when the other of a pair is used', () => {
    const compared = comparedRecord()
    const rows = rowsOf(chosenRecord(compared), compared)
    expect(rows.asynchronous).toMatchObject({ isUsed: true, request: null })
    expect(rows['in-scan']?.cells[0]?.fromUsed?.differenceMgPerCm3).toBe(-11.5)
  })

  it("says each doubt once, a level's own with the names of its levels", () => {
    const record = comparedRecord()
    const levels = record.results.spine.levels.map(({ level }) => level).join(', ')
    expect(rowsOf(record, record).asynchronous?.doubts.map(({ message }) => message)).toEqual([
      'other kernel',
      `${levels}: beyond`,
    ])
  })

  it('has not tried what was not asked for, and says why an exam was refused before its routes', () => {
    const record = exampleRecord()
    expect(rowsOf(record, record).asynchronous).toMatchObject({
      status: 'not tried',
      request: 'asynchronous',
    })
    const refused = {
      ...record,
      refusal: { code: 'RODS_NOT_FOUND', message: 'no phantom' },
      decisions: {
        ...record.decisions,
        calibration: {
          ...record.decisions.calibration,
          requested: 'in-scan' as const,
          used: 'none' as const,
        },
      },
      results: { ...record.results, routes: [] },
    }
    expect(rowsOf(refused, refused)['in-scan']).toMatchObject({
      status: 'refused',
      reason: 'no phantom',
      request: null,
    })
  })
})
