import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { cross, displacement, dot, normalize, translate } from '../../../src/core/geometry/vector.ts'
import type { EllipticalCylinder } from '../../../src/core/volume/roi.ts'
import { cylinderSection } from '../../../src/viewer/viewport/cylinderSection.ts'
import { type PixelPoint, projectPicture } from '../../../src/viewer/viewport/pictureCamera.ts'
import { planeFrame } from '../../../src/viewer/viewport/viewportPlane.ts'

const normal = normalize(lpsVector(0.1, -0.25, 1))
const lateral = normalize(cross(lpsVector(0, 1, 0), normal))
const voi: EllipticalCylinder = {
  kind: 'ellipticalCylinder',
  center: lpsPoint(12, -7, 40),
  normal,
  lateral,
  radii: [18, 11],
  height: 9,
}

function areaMm2(polygon: readonly PixelPoint[], mmPerPixel: number) {
  let twice = 0
  polygon.forEach(([x, y], index) => {
    const [u, v] = polygon[(index + 1) % polygon.length]!
    twice += x * v - u * y
  })
  return (Math.abs(twice) / 2) * mmPerPixel ** 2
}

function sectionBy(direction: readonly [number, number, number], off: number) {
  const plane = {
    kind: 'oblique' as const,
    name: 'cut',
    center: voi.center,
    normal: lpsVector(...direction),
    up: lpsVector(0.3, -0.9, 0.2),
  }
  const frame = planeFrame(plane)
  const center = translate(voi.center, frame.normal, off)
  const picture = projectPicture(frame, { center, heightMm: 120 }, center, { width: 700, height: 500 })
  return { picture, polygon: cylinderSection(voi, picture) }
}

it('is the ellipse with the area π·a·b across the axis, at any height inside', () => {
  for (const off of [-4.4, 0, 3]) {
    const { picture, polygon } = sectionBy([normal[0], normal[1], normal[2]], off)
    // 120 tangents enclose an ellipse 0.023 % larger: (120/π)·tan(π/120)
    expect(areaMm2(polygon, picture.mmPerPixel) / (Math.PI * 18 * 11)).toBeCloseTo(1, 3)
  }
})

it('is a rectangle of both radii and the height along the axis', () => {
  const depthward = cross(normal, lateral)
  const { picture, polygon } = sectionBy([depthward[0], depthward[1], depthward[2]], 0)
  expect(areaMm2(polygon, picture.mmPerPixel)).toBeCloseTo(36 * 9, 0) // tangents round the corners by < 0.5 mm²
})

it('is empty where the plane passes the cap by', () => {
  expect(sectionBy([normal[0], normal[1], normal[2]], 4.6).polygon).toEqual([])
  expect(sectionBy([lateral[0], lateral[1], lateral[2]], 18.1).polygon).toEqual([])
})

it('holds exactly the points of the plane that lie in the cylinder, however the plane runs', () => {
  const depthward = cross(normal, lateral)
  for (const direction of [
    [1, 0.2, 0.1],
    [0.4, 1, -0.3],
    [-0.2, 0.5, 1],
    [0.6, -0.6, 0.5],
  ] as const) {
    const { picture, polygon } = sectionBy(direction, 2)
    let disagreements = 0
    let inside = 0
    for (let x = 2; x < 700; x += 4)
      for (let y = 2; y < 500; y += 4) {
        const way = displacement(voi.center, picture.toLps([x, y]))
        const [u, v, w] = [dot(way, lateral) / 18, dot(way, depthward) / 11, dot(way, normal) / 4.5]
        const isMember = u * u + v * v <= 1 && Math.abs(w) <= 1
        const turns = polygon.map(([a, b], index) => {
          const [c, d] = polygon[(index + 1) % polygon.length]!
          return Math.sign((c - a) * (y - b) - (d - b) * (x - a))
        })
        const isDrawn = turns.every((sign) => sign >= 0) || turns.every((sign) => sign <= 0)
        if (isMember) inside++
        if (isMember !== isDrawn) disagreements++
      }
    expect(inside).toBeGreaterThan(100)
    // only points that the tangents' 0.03 % of a radius (0.03 pixels) may enclose too much
    expect(disagreements).toBeLessThan(inside * 0.005 + 2)
  }
})
