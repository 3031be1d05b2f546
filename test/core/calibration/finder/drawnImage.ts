import type { PlaneImage } from '../../../../src/core/calibration/finder/planeImage.ts'

/** A disc with a blurred edge: centre and radius in mm, CT number inside. */
export interface DrawnDisc {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly value: number
}

/** A picture of discs on an even ground, edges blurred by about 0.8 mm, with reproducible noise. */
export function drawnImage(
  discs: readonly DrawnDisc[],
  { pixel = 1.2, size = 100, ground = 20, noise = 0 } = {},
): PlaneImage {
  const values = new Float32Array(size * size)
  let state = 7
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      let value = ground
      for (const disc of discs) {
        const inside = disc.radius - Math.hypot(i * pixel - disc.x, j * pixel - disc.y)
        value += (disc.value - ground) / (1 + Math.exp(-2.1 * inside))
      }
      values[i + size * j] =
        value + noise * (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3)
    }
  }
  return { columns: size, rows: size, spacing: [pixel, pixel], origin: [0, 0], values }
}
