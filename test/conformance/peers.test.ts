import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digitalTruth } from './peers/digitalTruth.ts'
import { MINDWAYS, OGO_INTERNAL } from './peers/fixtures.ts'
import { mindwaysLine } from './peers/methods.ts'
import { peersText } from './peers/peersText.ts'
import { isSame, oursAt150, sameMethods } from './peers/sameMethod.ts'

describe('the same method gives the number another program printed', () => {
  it.each(sameMethods().map((one) => [`${one.peer}, ${one.fixture}`, one] as const))('%s', (_, one) => {
    expect(isSame(one), `${one.here} beside ${one.printed}`).toBe(true)
  })
})

describe('where ours differs', () => {
  it('the line without a water term is refused', () => {
    expect(() => mindwaysLine(MINDWAYS.rodsHu, 'linear')).toThrow(
      expect.objectContaining({ code: 'CALIBRATION_NEEDS_WATER_TERM' }),
    )
  })

  it('tissues that no energy explains are refused', () => {
    const falling = OGO_INTERNAL.find(({ name }) => name === 'fat, blood, muscle')!
    expect(oursAt150(falling.tissues)).toBe('refused: `TISSUES_COLLINEAR`')
  })

  it('phantom and learned tissues are nearer the digital truth than every peer’s formula', () => {
    const rows = digitalTruth()
    const nearest = Math.min(...rows.filter(({ whose }) => whose === 'peer').map(({ rms }) => rms))
    for (const method of ['in-scan phantom', 'tissues, learned on this scanner']) {
      expect(rows.find((row) => row.method === method)!.rms).toBeLessThan(nearest)
    }
  })
})

it('the page in docs is what npm run peers makes', () => {
  const page = join(import.meta.dirname, '../../docs/methods/peers.md')
  expect(readFileSync(page, 'utf8')).toBe(peersText())
})
