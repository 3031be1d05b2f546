import { describe, expect, it } from 'vitest'
import { defaultExamParameters, randomExamParameters } from '../../src/demo/examParameters.ts'
import { examScene } from '../../src/demo/examScene.ts'
import { meanDensity, protocolVoi } from '../../src/demo/protocolVoi.ts'
import type { VertebralBodyShape } from '../../src/demo/vertebralBodyShape.ts'

/** A straight elliptical cylinder: a body whose VOI can be worked out by hand. */
const cylinder = (slant: number): VertebralBodyShape => ({
  halfWidth: 22,
  halfDepth: 16,
  halfHeight: 13,
  wall: 1,
  plate: 1,
  sideDistance: (u, v) => (Math.hypot(u / 16, v / 16) - 1) * 16,
  upperPlate: (_, v) => 13 + slant * v,
  lowerPlate: (_, v) => -13 + slant * v,
  trabecularDensity: (u, v, w) => 100 + 2 * u + 3 * v + w * w,
  corticalDensity: () => 700,
})

describe('protocolVoi', () => {
  it('puts the VOI of a round cylinder where the protocol says', () => {
    const voi = protocolVoi(cylinder(0))
    // trabecular space: radius 12 about the middle, so D = 24 and the centre lies 8 behind the front at 12
    expect(voi.center[1]).toBeCloseTo(4, 2)
    expect(voi.center[0]).toBeCloseTo(0, 9)
    expect(voi.center[2]).toBeCloseTo(0, 9)
    expect(voi.cranial).toEqual([0, 0, 1].map((value) => expect.closeTo(value, 9)))
    // at the centre the space is √(12² − 4²) wide to each side; the ellipse must shrink to fit the circle of 12
    const lateral = 0.65 * Math.sqrt(128)
    const factor = voi.sagittalRadius / 8
    // the 180-cornered wall stands up to 2.4 µm inside the circle of 16
    expect(Math.abs(voi.lateralRadius / lateral - factor)).toBeLessThan(1e-3)
    expect(factor).toBeLessThanOrEqual(1)
    for (let angle = 0; angle < 360; angle++) {
      const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
      // polygon of 180 corners and the 0.01 mm left by the search
      expect(Math.hypot(voi.lateralRadius * c, 4 + voi.sagittalRadius * s)).toBeLessThan(12.02)
    }
  })

  it('leans with endplates that lean', () => {
    const voi = protocolVoi(cylinder(0.2))
    expect((Math.acos(voi.cranial[2]) * 180) / Math.PI).toBeCloseTo((Math.atan(0.2) * 180) / Math.PI, 6)
    expect(voi.cranial[1]).toBeLessThan(0)
    const dot = voi.cranial[1] * voi.anterior[1] + voi.cranial[2] * voi.anterior[2]
    expect(dot).toBeCloseTo(0, 12)
    // half-way between the plates along cranial, through the VOI's centre
    const [, v, w] = voi.center
    expect(w - 0.2 * v).toBeCloseTo(0, 2)
  })

  it('keeps the VOI of every drawn vertebra inside its trabecular bone', () => {
    for (let index = 0; index < 2; index++) {
      const scene = examScene(randomExamParameters(11, index))
      for (const { shape } of scene.bodies.slice(2, 8)) {
        const voi = protocolVoi(shape)
        for (const height of [-4.5, 0, 4.5])
          for (let angle = 0; angle < 360; angle += 15) {
            const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
            const [u, v, w] = [0, 1, 2].map(
              (axis) =>
                voi.center[axis]! +
                voi.left[axis]! * voi.lateralRadius * c +
                voi.anterior[axis]! * voi.sagittalRadius * s +
                voi.cranial[axis]! * height,
            ) as [number, number, number]
            // 4 mm in the mid-plane; first-order distance, waist and tilt take some of it away from there
            expect(shape.sideDistance(u, v, w)).toBeLessThan(-2.5)
            expect(shape.upperPlate(u, v) - w).toBeGreaterThan(2)
            expect(w - shape.lowerPlate(u, v)).toBeGreaterThan(2)
          }
      }
    }
  })
})

describe('meanDensity', () => {
  it('integrates a known field exactly', () => {
    const shape = cylinder(0)
    const voi = protocolVoi(shape)
    // 100 + 3·4 + mean of w² over ±4.5
    expect(meanDensity(shape, voi, 0.15)).toBeCloseTo(112 + 4.5 ** 2 / 3, 2)
  })

  it('does not change when the steps are halved', () => {
    const { bodies } = examScene(defaultExamParameters)
    const { shape } = bodies.find(({ vertebra }) => vertebra.name === 'L4')!
    const voi = protocolVoi(shape)
    // the texture has 1.7 mm cells; quarter-mm steps leave a hundredth of a mg/cm³
    expect(Math.abs(meanDensity(shape, voi, 0.25) - meanDensity(shape, voi, 0.125))).toBeLessThan(0.02)
  })
})
