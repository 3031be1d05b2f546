import { describe, expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import type { OverlayShape } from '../../../src/viewer/viewport/overlayShape.ts'
import { beginGesture, hitInScene } from '../../../src/viewer/viewport/pictureGesture.ts'
import { composeScene } from '../../../src/viewer/viewport/pictureScene.ts'
import { sketchShape } from '../../../src/viewer/viewport/shapeSketch.ts'
import { pictureOf } from './pictureOf.ts'

const voi = (id: string, x: number, radius: number): OverlayShape => ({
  kind: 'voi',
  id,
  label: id,
  standing: 'automatic',
  isEditable: true,
  voi: {
    kind: 'ellipticalCylinder',
    center: lpsPoint(x, 0, 0),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [radius, radius],
    height: 10,
  },
})
const wall: OverlayShape = {
  kind: 'wall',
  id: 'wall',
  label: '',
  standing: 'automatic',
  isEditable: false,
  corners: [lpsPoint(-25, -20, 0), lpsPoint(25, -20, 0), lpsPoint(25, 20, 0), lpsPoint(-25, 20, 0)],
}
const center = lpsPoint(0, 0, 0)
const axial = pictureOf({ kind: 'axial' }, center)
const sagittal = pictureOf({ kind: 'sagittal' }, center)
const browse = { kind: 'browse' } as const
const window = { center: 40, width: 400 }
const press = { button: 0, shiftKey: false, grasp: 9 }

describe('What the pointer grasps', () => {
  const shapes = [voi('L1', 0, 20), voi('L2', 5, 8), wall]

  it('prefers the selected shape where two overlap, and handles to both', () => {
    const scene = composeScene(shapes, 'L1', axial)
    expect(hitInScene(scene, axial.toPixels(lpsPoint(5, 0, 0)), 'L1', 9)).toEqual({ kind: 'shape', id: 'L1' })
    const handle = hitInScene(scene, axial.toPixels(lpsPoint(20, 0, 0)), 'L1', 9)
    expect(handle).toMatchObject({ kind: 'handle', handle: { id: 'lateral+' } })
  })

  it('keeps the label of the selected shape clear of its handles', () => {
    for (const picture of [axial, sagittal]) {
      const { sketches, handles } = composeScene(shapes, 'L1', picture)
      const [x, y] = sketches.find(({ shape }) => shape.id === 'L1')!.labelAt
      expect(handles.length).toBeGreaterThan(3)
      // A label of 13 px letters stands on its line, some 22 px wide; a handle reaches 6 px around its place.
      for (const { at } of handles) {
        const isBeside = at[0] + 6 < x || at[0] - 6 > x + 22
        expect(isBeside || at[1] + 6 < y - 11 || at[1] - 6 > y).toBe(true)
      }
    }
  })

  it('lets walls through, so that a click inside a body moves the crosshair', () => {
    const scene = composeScene([wall], null, axial)
    const at = axial.toPixels(lpsPoint(0, 15, 0))
    const hit = hitInScene(scene, at, null, 9)
    expect(hit).toBeNull()
    expect(beginGesture({ at, ...press }, browse, window, hit, [wall], null, axial)).toEqual({
      kind: 'crosshair',
    })
  })

  it('asks for a point instead when a seed is wanted, whatever lies under the pointer', () => {
    const at = axial.toPixels(center)
    const task = { kind: 'pick', label: 'Click L1' } as const
    expect(beginGesture({ at, ...press }, task, window, null, shapes, 'L1', axial)?.kind).toBe('pick')
  })

  it('pans with the middle button and changes the window with the right one during any task', () => {
    const at = [10, 10] as const
    const begin = (button: number) =>
      beginGesture({ ...press, at, button }, browse, window, null, shapes, null, axial)?.kind
    expect([begin(1), begin(2)]).toEqual(['pan', 'window'])
  })
})

describe('How shapes are seen', () => {
  it('draws a wall whole in its own plane, and as two marks where a sagittal picture crosses it', () => {
    expect(sketchShape(wall, axial)?.outlines).toMatchObject([{ isClosed: true }])
    const marks = sketchShape(wall, sagittal)?.outlines ?? []
    const places = marks.map(({ points }) => points.map(([x]) => x)[0]).sort((a, b) => a! - b!)
    // 20 mm to the front and back of the middle, at 4 pixels per mm
    expect(places).toEqual([300 - 80, 300 + 80])
  })

  it('draws an endplate as the line in which it crosses the picture', () => {
    const plate: OverlayShape = {
      kind: 'endplate',
      id: 'upper',
      label: '',
      standing: 'automatic',
      isEditable: false,
      point: lpsPoint(3, 0, 10),
      normal: lpsVector(0, 0, 1),
      reach: 15,
    }
    const [line] = sketchShape(plate, sagittal)?.outlines ?? []
    // the line lies 10 mm above the middle; its half length is what is left of 15 mm at 3 mm aside
    const half = Math.sqrt(15 ** 2 - 3 ** 2) * 4
    const [a, b] = line!.points.toSorted((p, q) => p[0] - q[0])
    expect([a![0], a![1], b![0], b![1]].map((x) => Math.round(1e6 * x) / 1e6)).toEqual(
      [300 - half, 160, 300 + half, 160].map((x) => Math.round(1e6 * x) / 1e6),
    )
    expect(sketchShape(plate, axial)).toBeNull()
  })

  it('shows a seed near its plane alone', () => {
    const seed = (z: number): OverlayShape => ({
      kind: 'seed',
      id: 's',
      label: 'L1',
      standing: 'edited',
      isEditable: true,
      at: lpsPoint(2, 3, z),
    })
    expect(sketchShape(seed(4), axial)?.mark).toEqual([308, 212])
    expect(sketchShape(seed(6), axial)).toBeNull()
  })

  it('gives handles to the selected VOI alone, and only where its sides can be seen', () => {
    const ids = (picture: typeof axial, selected: string | null) =>
      composeScene([voi('L1', 0, 20)], selected, picture).handles.map(({ id }) => id)
    expect(ids(axial, null)).toEqual([])
    expect(ids(axial, 'L1')).toEqual(['lateral+', 'lateral-', 'depth+', 'depth-', 'turn'])
    expect(ids(sagittal, 'L1')).toEqual(['depth+', 'depth-', 'height+', 'height-', 'tilt'])
  })
})
