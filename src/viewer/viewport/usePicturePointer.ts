import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { GRASP_PIXELS } from './hitTest.ts'
import type { EditPhase, OverlayShape, ShapeEdit } from './overlayShape.ts'
import { type PictureProjection, type PixelPoint, panBy, zoomAt } from './pictureCamera.ts'
import { beginGesture, dragWindow, type Gesture, hitInScene } from './pictureGesture.ts'
import type { PictureScene } from './pictureScene.ts'
import { keepInGrid } from './planeScroll.ts'
import { samplePointer } from './pointerSample.ts'
import { dragShape, unchangedShape } from './shapeDrag.ts'
import type { ViewportCamera, ViewportProps } from './viewportProps.ts'

/** What the pointer needs to know of the picture at the moment of an event. */
export interface PointerScope {
  readonly props: ViewportProps
  readonly shapes: readonly OverlayShape[]
  readonly projection: PictureProjection
  readonly scene: PictureScene
  setCamera(camera: ViewportCamera): void
  edit(edit: ShapeEdit, phase: EditPhase): void
  scroll(steps: number): void
  setUrgent(isUrgent: boolean): void
}

/** A press that moves farther than this, in CSS pixels, is a drag and no click. */
const CLICK_PIXELS = 4
/** Wheel travel of one slice on devices that scroll smoothly; a notch of a wheel is always one. */
const WHEEL_STEP = 40
const WHEEL_ZOOM = 1.0015

const grasp = (type: string) => GRASP_PIXELS[type as keyof typeof GRASP_PIXELS] ?? GRASP_PIXELS.mouse

/** Turns pointer, wheel and Escape into what a picture's owner is told. `scope` is null before the first layout. */
export function usePicturePointer(element: RefObject<HTMLElement | null>, scope: PointerScope | null) {
  const latest = useRef(scope)
  latest.current = scope
  const gesture = useRef<Gesture | null>(null)
  const fingers = useRef(new Map<number, PixelPoint>())

  const place = (event: { clientX: number; clientY: number }): PixelPoint => {
    const box = element.current?.getBoundingClientRect()
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)]
  }

  const cancel = () => {
    const current = gesture.current
    gesture.current = null
    if (current?.kind !== 'shape') return false
    const edit = unchangedShape(current.drag.shape)
    if (edit) latest.current?.edit(edit, 'cancelled')
    return true
  }

  const follow = (now: PointerScope, current: Gesture, at: PixelPoint) => {
    const { props, projection } = now
    switch (current.kind) {
      case 'crosshair':
        props.onCrosshair(keepInGrid(props.volume.ct.geometry, projection.toLps(at)))
        break
      case 'pan':
        now.setCamera(panBy(projection, at[0] - current.last[0], at[1] - current.last[1]))
        gesture.current = { kind: 'pan', last: at }
        break
      case 'window':
        props.onWindow(dragWindow(current.start, current.from, at))
        break
      case 'shape': {
        const edit = dragShape(current.drag, current.projection, at)
        if (edit) now.edit(edit, 'live')
        break
      }
      case 'pick':
        break
    }
  }

  const pinch = (now: PointerScope, id: number, at: PixelPoint) => {
    const other = [...fingers.current].find(([finger]) => finger !== id)?.[1]
    const before = fingers.current.get(id)
    if (!other || !before) return
    const spread = (from: PixelPoint) => Math.hypot(from[0] - other[0], from[1] - other[1])
    const middle: PixelPoint = [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2]
    now.setCamera(zoomAt(now.projection, middle, spread(at) / Math.max(1, spread(before))))
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const now = latest.current
    if (now === null) return
    const at = place(event)
    event.currentTarget.focus({ preventScroll: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    if (event.pointerType === 'touch') {
      fingers.current.set(event.pointerId, at)
      if (fingers.current.size > 1) {
        cancel()
        return
      }
    }
    const { props, projection, scene, shapes } = now
    const { task, window, selectedShapeId } = props
    const reach = grasp(event.pointerType)
    const hit = task.kind === 'browse' ? hitInScene(scene, at, selectedShapeId, reach) : null
    const press = { at, button: event.button, shiftKey: event.shiftKey, grasp: reach }
    const begun = beginGesture(press, task, window, hit, shapes, selectedShapeId, projection)
    gesture.current = begun
    if (begun === null) return
    event.preventDefault()
    if (hit?.kind === 'shape' && event.button === 0) props.onSelectShape(hit.id)
    if (begun.kind === 'crosshair') follow(now, begun, at)
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const now = latest.current
    if (now === null) return
    const at = place(event)
    if (fingers.current.size > 1 && fingers.current.has(event.pointerId)) {
      pinch(now, event.pointerId, at)
      fingers.current.set(event.pointerId, at)
      return
    }
    now.setUrgent(true)
    now.props.onPointer(samplePointer(now.props.volume, now.projection.toLps(at)))
    if (gesture.current !== null) {
      follow(now, gesture.current, at)
      return
    }
    const { task, selectedShapeId } = now.props
    const hit =
      task.kind === 'browse' ? hitInScene(now.scene, at, selectedShapeId, grasp(event.pointerType)) : null
    const cursor = hit === null ? task.kind : hit.kind === 'handle' ? 'grab' : 'move'
    event.currentTarget.dataset.cursor = cursor
  }

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId)
    const now = latest.current
    const current = gesture.current
    gesture.current = null
    if (now === null || current === null) return
    const at = place(event)
    if (current.kind === 'pick') {
      const travel = Math.hypot(at[0] - current.from[0], at[1] - current.from[1])
      if (travel <= CLICK_PIXELS) now.props.onPick(now.projection.toLps(at))
    }
    if (current.kind === 'shape') {
      const edit = dragShape(current.drag, current.projection, at)
      const isClick = at[0] === current.drag.from[0] && at[1] === current.drag.from[1]
      if (edit && !isClick) now.edit(edit, 'done')
    }
  }

  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    fingers.current.delete(event.pointerId)
    cancel()
  }

  const onPointerLeave = () => {
    latest.current?.props.onPointer(null)
    latest.current?.setUrgent(false)
  }

  const onDoubleClick = (event: { clientX: number; clientY: number }) => {
    const now = latest.current
    if (now === null || now.props.task.kind !== 'browse') return
    const hit = hitInScene(now.scene, place(event), now.props.selectedShapeId, GRASP_PIXELS.mouse)
    if (hit === null) now.props.onMaximise()
  }

  useEffect(() => {
    const target = element.current
    if (target === null) return
    let travel = 0
    // React listens passively to the wheel; the page would scroll or zoom under the hand.
    const onWheel = (event: WheelEvent) => {
      const now = latest.current
      if (now === null) return
      event.preventDefault()
      if (event.ctrlKey || event.metaKey) {
        const box = target.getBoundingClientRect()
        const at: PixelPoint = [event.clientX - box.left, event.clientY - box.top]
        now.setCamera(zoomAt(now.projection, at, WHEEL_ZOOM ** -event.deltaY))
        return
      }
      const delta = event.deltaMode === 0 ? event.deltaY : event.deltaY * WHEEL_STEP
      if (Math.abs(delta) >= WHEEL_STEP) {
        travel = 0
        now.scroll(Math.sign(-delta))
        return
      }
      travel += delta
      if (Math.abs(travel) < WHEEL_STEP) return
      now.scroll(Math.sign(-travel))
      travel = 0
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element])

  return {
    cancel,
    listeners: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave, onDoubleClick },
  }
}
