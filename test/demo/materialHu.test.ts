import { describe, expect, it } from 'vitest'
import { addedHu, huAtKvp, iodineHu, materialHu } from '../../src/demo/materialHu.ts'

const VOLTAGES = [80, 100, 120, 140] as const

describe('CT numbers of materials', () => {
  it.each(VOLTAGES)('leave water at 0 and nothing at −1000 at %d kVp', (kvp) => {
    expect(materialHu('water', 1, kvp)).toBeCloseTo(0, 10)
    expect(materialHu('muscle', 0, kvp)).toBe(-1000)
  })

  it('give a stated tissue back at 120 kVp', () => {
    expect(huAtKvp('muscle', 54, 120)).toBeCloseTo(54, 10)
    expect(huAtKvp('adipose', -104, 120)).toBeCloseTo(-104, 10)
    expect(iodineHu(110, 120)).toBeCloseTo(110, 10)
  })

  it('raise mineral and iodine at low voltage, hardly muscle, and lower fat', () => {
    // Z of calcium and potassium is 19 to 20: their photoelectric part, as E⁻³, makes 80 kVp give far more than 1.2 ×
    expect(addedHu('K2HPO4', 80) / addedHu('K2HPO4', 140)).toBeGreaterThan(1.2)
    // above its K edge iodine falls faster than potassium, whose photoelectric part is only one of two
    expect(iodineHu(100, 80) / iodineHu(100, 140)).toBeGreaterThan(
      addedHu('K2HPO4', 80) / addedHu('K2HPO4', 140),
    )
    // muscle is nearly water: what trace of potassium and sulphur it holds is worth a few HU
    expect(Math.abs(huAtKvp('muscle', 54, 80) - huAtKvp('muscle', 54, 140))).toBeLessThan(5)
    expect(huAtKvp('adipose', -104, 80)).toBeLessThan(-104)
    expect(huAtKvp('adipose', -104, 140)).toBeGreaterThan(-104)
  })

  it('lie where tissues of tabulated density lie', () => {
    // ICRU Report 44 densities: muscle reads 35–60 HU and adipose tissue −115 to −70 on scanners at 120 kVp
    expect(materialHu('muscle', 1.05, 120)).toBeGreaterThan(35)
    expect(materialHu('muscle', 1.05, 120)).toBeLessThan(60)
    expect(materialHu('adipose', 0.95, 120)).toBeGreaterThan(-115)
    expect(materialHu('adipose', 0.95, 120)).toBeLessThan(-70)
  })
})
