import { expect, it } from 'vitest'
import { lpsPoint, lpsVector } from '../../../src/core/geometry/lps.ts'
import { angleBetween } from '../../../src/core/geometry/vector.ts'
import type { VoiShape } from '../../../src/viewer/viewport/overlayShape.ts'
import { commandOfKey, editByKey } from '../../../src/viewer/viewport/viewportKeys.ts'
import { planeFrame } from '../../../src/viewer/viewport/viewportPlane.ts'
import { windowOfKey } from '../../../src/viewer/viewport/windowPresets.ts'

const key = (name: string, held: Partial<Record<'shiftKey' | 'altKey' | 'ctrlKey', boolean>> = {}) => ({
  key: name,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
})
const shape: VoiShape = {
  kind: 'voi',
  id: 'L1',
  label: 'L1',
  standing: 'automatic',
  isEditable: true,
  voi: {
    kind: 'ellipticalCylinder',
    center: lpsPoint(0, 0, 0),
    normal: lpsVector(0, 0, 1),
    lateral: lpsVector(1, 0, 0),
    radii: [15, 10],
    height: 9,
  },
}
const edited = (name: string, plane: 'axial' | 'sagittal', held = {}) => {
  const command = commandOfKey(key(name, held), true, false)
  const edit = command && editByKey(shape, command, planeFrame({ kind: plane }))
  if (edit?.kind !== 'voi') throw new Error(`the key ${name} edits no VOI`)
  return edit
}

it('nudges the selected VOI on screen by half a millimetre, with Shift by two and a half', () => {
  expect(edited('ArrowRight', 'axial').voi.center).toEqual(lpsPoint(0.5, 0, 0))
  expect(edited('ArrowUp', 'axial').voi.center).toEqual(lpsPoint(0, -0.5, 0))
  expect(edited('ArrowUp', 'sagittal', { shiftKey: true }).voi.center).toEqual(lpsPoint(0, 0, 2.5))
})

it('resizes, tilts and turns it, and says which', () => {
  expect(edited(']', 'axial')).toMatchObject({ edit: 'resize', voi: { radii: [15.5, 10] } })
  expect(edited('{', 'axial')).toMatchObject({ edit: 'resize', voi: { radii: [15, 9.5] } })
  expect(edited(')', 'axial')).toMatchObject({ edit: 'height', voi: { height: 10 } })
  const tilted = edited('.', 'sagittal')
  expect(tilted.edit).toBe('tilt')
  expect(angleBetween(tilted.voi.normal, shape.voi.normal)).toBeCloseTo(1, 9)
  expect(tilted.voi.normal[1]).toBeGreaterThan(0) // with the clock: the head end to the back
  expect(angleBetween(edited('>', 'axial').voi.lateral, shape.voi.lateral)).toBeCloseTo(1, 9)
})

it('scrolls with the arrows when nothing is selected, and moves the crosshair where a point is asked for', () => {
  expect(commandOfKey(key('ArrowUp'), false, false)).toEqual({ kind: 'scroll', steps: 1 })
  expect(commandOfKey(key('PageDown', { shiftKey: true }), true, false)).toEqual({
    kind: 'scroll',
    steps: -5,
  })
  expect(commandOfKey(key('ArrowUp'), true, true)).toEqual({ kind: 'crosshair', right: 0, up: 1 })
  expect(commandOfKey(key('Enter'), true, true)).toEqual({ kind: 'pick' })
  expect(commandOfKey(key('ArrowLeft', { altKey: true }), true, false)).toEqual({
    kind: 'crosshair',
    right: -1,
    up: 0,
  })
})

it('leaves the browser its own keys', () => {
  expect(commandOfKey(key('f', { ctrlKey: true }), true, false)).toBeUndefined()
  expect(commandOfKey(key('Tab'), true, false)).toBeUndefined()
  expect(commandOfKey(key('Enter'), true, false)).toBeUndefined()
})

it('has a window of its own on each number key from 1 to 5, and none beyond', () => {
  const windows = ['1', '2', '3', '4', '5'].map(windowOfKey)
  expect(new Set(windows.map((window) => JSON.stringify(window))).size).toBe(5)
  expect(windowOfKey('6')).toBeUndefined()
})
