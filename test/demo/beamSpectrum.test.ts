import { describe, expect, it } from 'vitest'
import { beamAttenuation } from '../../src/demo/beamSpectrum.ts'
import { massAttenuation } from '../../src/demo/massAttenuation.ts'

const VOLTAGES = [80, 100, 120, 140] as const

describe('beamAttenuation', () => {
  it('lies between the attenuation at the lowest and at the highest energy of the beam', () => {
    for (const kvp of VOLTAGES) {
      const water = beamAttenuation(kvp)('water')
      expect(water).toBeLessThan(massAttenuation('water', 20))
      expect(water).toBeGreaterThan(massAttenuation('water', kvp))
    }
  })

  it('has an effective energy that CT beams have, higher with voltage', () => {
    // energy of one line that water attenuates as this beam; CT beams behind a body have half to 0.75 of the peak
    const effective = VOLTAGES.map((kvp) => {
      const water = beamAttenuation(kvp)('water')
      let energy = 20
      while (massAttenuation('water', energy) > water) energy += 0.1
      return energy / kvp
    })
    for (const share of effective) {
      expect(share).toBeGreaterThan(0.5)
      expect(share).toBeLessThan(0.75)
    }
    const falling = VOLTAGES.map((kvp) => beamAttenuation(kvp)('water'))
    expect([...falling].sort((a, b) => b - a)).toEqual(falling)
  })

  it('is the derivative of the logarithm of the signal', () => {
    // the signal behind L of water falls by its attenuation per length: against a step of 1 mm, right to second order
    const signal = (path: number) => {
      let sum = 0
      for (let energy = 20.5; energy < 120; energy++)
        sum +=
          (120 - energy) *
          Math.exp(
            -massAttenuation('aluminium', energy) * 2.699 * 0.8 -
              (massAttenuation('water', energy) * path) / 10,
          )
      return sum
    }
    const slope = -(Math.log(signal(200.5)) - Math.log(signal(199.5))) / 0.1
    expect(beamAttenuation(120, 200)('water')).toBeCloseTo(slope, 7)
  })

  it('hardens along its path, mineral more than water', () => {
    for (const kvp of VOLTAGES) {
      const [short, long] = [beamAttenuation(kvp, 100), beamAttenuation(kvp, 300)]
      expect(long('water')).toBeLessThan(short('water'))
      expect(long('K2HPO4') / short('K2HPO4')).toBeLessThan(long('water') / short('water'))
    }
  })
})
