import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { hu, mm } from '../../../../src/core/units.ts'
import { axisTicks } from '../../../../src/core/volume/picture/axisTicks.ts'
import { color, PALETTE } from '../../../../src/core/volume/picture/color.ts'
import { fillPath } from '../../../../src/core/volume/picture/fillPath.ts'
import { orientationLetters } from '../../../../src/core/volume/picture/orientationLetters.ts'
import { createPicture, type Picture, placePicture } from '../../../../src/core/volume/picture/picture.ts'
import { planePicture } from '../../../../src/core/volume/picture/planePicture.ts'
import { plotPicture } from '../../../../src/core/volume/picture/plot.ts'
import { roiSection } from '../../../../src/core/volume/picture/roiSection.ts'
import { disc, strokePath } from '../../../../src/core/volume/picture/strokePath.ts'
import { drawText, textWidth } from '../../../../src/core/volume/picture/text.ts'
import { polygonArea } from '../../../../src/core/volume/polygon.ts'
import type { EllipticalCylinder, PolygonPrism } from '../../../../src/core/volume/roi.ts'
import { grid, storedOtherwise, volumeOf } from '../syntheticVolume.ts'
import { glyphs } from './writeGlyphs.ts'

const BLACK = color('#000000')
const WHITE = color('#ffffff')
/** Area that is lit, in pixels. */
const lit = ({ rgba }: Picture) => rgba.reduce((sum, value, at) => sum + (at % 4 === 1 ? value / 255 : 0), 0)
const sheet = () => createPicture(60, 50, BLACK)
// Each border pixel is rounded to 1/255, at random: some 150 of them sum to less than this.
const ROUNDING = 0.1

describe('a filled outline', () => {
  it.each([
    ['a rectangle between pixels', [10.25, 5.5, 30.75, 5.5, 30.75, 20.1, 10.25, 20.1], 20.5 * 14.6],
    ['a flat triangle', [3, 3, 55, 8.3, 4, 11], ((55 - 3) * (11 - 3) - (4 - 3) * (8.3 - 3)) / 2],
    ['a steep sliver', [20.1, 2, 20.9, 2, 25.3, 48], (0.8 * 46) / 2],
    ['a disc of 100 corners', disc(30, 25, 18, 100), (100 / 2) * 18 * 18 * Math.sin((2 * Math.PI) / 100)],
  ])('lights its area to rounding: %s', (_, outline, area) => {
    const picture = sheet()
    fillPath(picture, [outline], WHITE)
    expect(Math.abs(lit(picture) - area)).toBeLessThan(ROUNDING)
  })

  it('leaves a hole where an inner outline runs the other way', () => {
    const picture = sheet()
    fillPath(
      picture,
      [
        [5, 5, 35, 5, 35, 35, 5, 35],
        [10, 10, 10, 20, 20, 20, 20, 10],
      ],
      WHITE,
    )
    expect(lit(picture)).toBeCloseTo(900 - 100, 6)
  })

  it('is cut at the edges of the picture', () => {
    const picture = sheet()
    fillPath(picture, [[-20, -20, 80, -20, 80, 90, -20, 90]], WHITE)
    expect(lit(picture)).toBe(60 * 50)
    const corner = sheet()
    fillPath(corner, [[-10, -10, 10, -10, 10, 10, -10, 10]], WHITE)
    expect(lit(corner)).toBe(100)
  })

  it('draws nothing for coordinates that are no numbers', () => {
    const picture = sheet()
    fillPath(picture, [[1, 1, Number.NaN, 5, 9, 9]], WHITE)
    strokePath(picture, [1, 1, Infinity, 5], { color: WHITE, width: 2 })
    expect(lit(picture)).toBe(0)
  })
})

describe('a stroke', () => {
  it('covers length times width', () => {
    const picture = sheet()
    strokePath(picture, [10, 10, 40, 30], { color: WHITE, width: 3 })
    expect(Math.abs(lit(picture) - 3 * Math.hypot(30, 20))).toBeLessThan(ROUNDING)
  })

  it('leaves the gaps of a dashed line dark', () => {
    const picture = sheet()
    strokePath(picture, [5, 10, 55, 10], { color: WHITE, width: 2, dash: [6, 4] })
    expect(Math.abs(lit(picture) - 5 * 6 * 2)).toBeLessThan(ROUNDING)
  })
})

describe('text', () => {
  it('is as wide as it says, and stands where it is put', () => {
    const picture = createPicture(200, 40, BLACK)
    drawText(picture, 'HIH', 100, 30, { size: 20, color: WHITE, align: 'middle' })
    const columns = Array.from({ length: 200 }, (_, x) => x).filter((x) =>
      Array.from({ length: 40 }, (_, y) => picture.rgba[4 * (y * 200 + x)]!).some((grey) => grey > 64),
    )
    const width = textWidth('HIH', 20)
    // The side bearing of an H is a tenth of an em: 2 pixels to either side.
    expect(Math.abs((columns[0]! + columns.at(-1)!) / 2 - 100)).toBeLessThan(1.5)
    expect(Math.abs(columns.at(-1)! - columns[0]! - width)).toBeLessThan(5)
  })

  it('writes every sign of our units, and something readable for one it lacks', () => {
    for (const sign of '±³²·₂₄ρσµ−°—') expect(textWidth(sign, 100)).not.toBe(textWidth('?', 100))
    expect(textWidth('≤', 10)).toBe(textWidth('<=', 10))
    expect(textWidth('\u{1F9B4}', 10)).toBe(textWidth('?', 10))
  })

  it('has the outlines that the generator makes from the font', () => {
    const url = new URL('../../../../src/core/volume/picture/glyphs.json', import.meta.url)
    expect(JSON.parse(readFileSync(url, 'utf8'))).toEqual(JSON.parse(JSON.stringify(glyphs())))
  })
})

describe('orientation letters', () => {
  it.each([
    [[1, 0, 0], 'L'],
    [[-1, 0, 0], 'R'],
    [[0, 1, 0], 'P'],
    [[0, -0.94, 0.34], 'AH'],
    [[0.1, 0, -0.99], 'F'],
    [[0.5, 0.6, -0.62], 'FP'],
  ] as const)('of %j are %s', (direction, letters) => {
    expect(orientationLetters(lpsVector(direction[0], direction[1], direction[2]))).toBe(letters)
  })
})

describe('where a plane cuts a ROI', () => {
  const cylinder: EllipticalCylinder = {
    kind: 'ellipticalCylinder',
    center: lpsPoint(10, 20, 30),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [14, 9],
    height: 9,
  }
  const area = (
    roi: EllipticalCylinder | PolygonPrism,
    right: readonly number[],
    down: readonly number[],
    z = 30,
  ) => {
    const [r, d] = [right, down].map(([x, y, w]) => lpsVector(x!, y!, w!)) as [never, never]
    const plane = { center: lpsPoint(10, 20, z), right: r, down: d }
    return roiSection(plane, roi).reduce((sum, outline) => sum + polygonArea(Float64Array.from(outline)), 0)
  }
  const ellipse = Math.PI * 14 * 9
  const [c, s] = [Math.cos(0.2), Math.sin(0.2)]

  it('is the ellipse, a rectangle, an ellipse stretched by the tilt, or nothing', () => {
    // Tangents outside: tan(1°)/1° − 1 = 10⁻⁴ of the area.
    expect(area(cylinder, [1, 0, 0], [0, 1, 0]) / ellipse).toBeCloseTo(1, 3)
    expect(area(cylinder, [1, 0, 0], [0, 0, -1])).toBeCloseTo(28 * 9, 6)
    expect(area(cylinder, [0, 1, 0], [0, 0, -1])).toBeCloseTo(18 * 9, 6)
    expect((area({ ...cylinder, height: 40 }, [1, 0, 0], [0, c, -s]) / ellipse) * c).toBeCloseTo(1, 3)
    expect(area(cylinder, [1, 0, 0], [0, 1, 0], 34.6)).toBe(0)
  })

  const corners = [
    [0, 10],
    [20, 10],
    [20, 30],
    [10, 18],
    [0, 30],
  ].map(([x, y]) => lpsPoint(x!, y!, 30))
  const prism: PolygonPrism = { kind: 'polygonPrism', corners, normal: lpsVector(0, 0, 1), thickness: 6 }

  it('is the polygon, also concave, or the pieces of its cut', () => {
    const concave = 400 - (20 * 12) / 2
    expect(area(prism, [1, 0, 0], [0, 1, 0])).toBeCloseTo(concave, 9)
    expect(area({ ...prism, thickness: 30 }, [1, 0, 0], [0, c, -s]) * c).toBeCloseTo(concave, 9)
    // At y = 24 the notch from (10, 18) to the upper corners takes the middle 10 of 20 mm away.
    const cut = { center: lpsPoint(3, 24, 30), right: lpsVector(1, 0, 0), down: lpsVector(0, 0, -1) }
    const pieces = roiSection(cut, prism)
    expect(pieces).toHaveLength(2)
    expect(pieces.map((piece) => polygonArea(Float64Array.from(piece)))).toEqual([
      expect.closeTo(5 * 6, 9),
      expect.closeTo(5 * 6, 9),
    ])
  })
})

describe('a picture of a plane', () => {
  const volume = volumeOf(grid([40, 40, 20], [1, 1, 2]), ([x, y]) =>
    Math.hypot(x - 20, y - 20) < 10 ? 200 : -100,
  )
  const view = {
    plane: { center: lpsPoint(20, 20, 19), right: lpsVector(1, 0, 0), down: lpsVector(0, 1, 0) },
    pixelSpacing: mm(0.5),
    width: 120,
    height: 100,
    name: 'Axial',
  }
  const window = { center: hu(50), width: hu(400) }

  it('shows CT numbers through the window, and the ground where nothing was scanned', () => {
    const { rgba } = planePicture(volume, view, window)
    const grey = (x: number, y: number) => rgba[4 * (y * 120 + x)]
    expect(grey(60, 50)).toBe(223) // (200 + 150)/400 · 255
    expect(grey(70, 75)).toBe(32) // (−100 + 150)/400 · 255
    expect(grey(110, 70)).toBe(PALETTE.background.red)
  })

  it('is the same picture however the volume is stored', () => {
    const other = storedOtherwise(volume, [1, 2, 0], [true, false, true])
    expect(planePicture(other, view, window).rgba).toEqual(planePicture(volume, view, window).rgba)
  })

  it('draws each kind of overlay in its place', () => {
    const inside = new Uint8Array(40 * 40 * 20)
    for (let k = 0; k < 20; k++) inside[22 + 40 * (20 + 40 * k)] = 1
    const red = color('#ff0000')
    const picture = planePicture(volume, view, window, [
      { kind: 'roi', roi: { kind: 'mask', geometry: volume.geometry, inside }, color: red, tint: 1 },
      { kind: 'point', at: lpsPoint(10, 20, 0), color: red },
      { kind: 'path', points: [lpsPoint(15, 30, 0), lpsPoint(25, 30, 0)], color: red },
      { kind: 'label', at: lpsPoint(20, 12, 19), text: 'L1', color: red },
    ])
    const isRed = (x: number, y: number) => {
      const [r, g] = picture.rgba.subarray(4 * (y * 120 + x))
      return r! > 200 && g! < 80
    }
    expect(isRed(64, 50)).toBe(true) // x = 22 mm: 4 pixels right of the centre
    expect(isRed(67, 50)).toBe(false)
    expect(isRed(40, 50)).toBe(true)
    expect(isRed(60, 70) || isRed(60, 69)).toBe(true)
    expect(isRed(60, 45)).toBe(false)
  })

  it('is placed on a larger sheet and cut at its edge', () => {
    const onto = createPicture(50, 50, BLACK)
    placePicture(onto, createPicture(30, 30, WHITE), 40, -10)
    expect(lit(onto)).toBe(10 * 20)
    placePicture(onto, createPicture(30, 30, WHITE), 90, 0)
    expect(lit(onto)).toBe(200)
  })
})

describe('a plot', () => {
  it('marks its axes at round numbers', () => {
    expect(axisTicks([-51.8, 375])).toMatchObject({ low: -100, high: 400, decimals: 0 })
    expect(axisTicks([0.012, 0.049])).toMatchObject({ ticks: [0.01, 0.02, 0.03, 0.04, 0.05], decimals: 2 })
    expect(axisTicks([7]).ticks.length).toBeGreaterThan(1)
    expect(axisTicks([]).ticks.length).toBeGreaterThan(1)
  })

  it('puts a point where the axes say, in its own colour', () => {
    const red = color('#ff0000')
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 100 },
      { x: 50, y: 50, yError: 20, color: red },
    ]
    const plot = { title: 'T', xLabel: 'x (HU)', yLabel: 'y (mg/cm³)', points }
    const picture = plotPicture(plot, 504, 322)
    // Axes from 76 to 476 and from 246 up to 46; the centre of both ranges is at (276, 146).
    const red0 = (x: number, y: number) =>
      picture.rgba[4 * (y * 504 + x)]! > 150 && picture.rgba[4 * (y * 504 + x) + 1]! < 60
    expect(red0(276, 146)).toBe(true)
    expect(red0(276, 146 - 30)).toBe(true) // within the bar of 20 units, 40 pixels
    expect(red0(276, 146 - 44)).toBe(false)
  })
})
