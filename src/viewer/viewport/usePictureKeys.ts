import { type KeyboardEvent, useRef } from 'react'
import { translate } from '../../core/geometry/vector.ts'
import type { ShapeEdit } from './overlayShape.ts'
import { zoomAt } from './pictureCamera.ts'
import { keepInGrid } from './planeScroll.ts'
import type { PointerScope } from './usePicturePointer.ts'
import { commandOfKey, editByKey, screenward } from './viewportKeys.ts'
import { windowOfKey } from './windowPresets.ts'

/** What the keys need beside what the pointer needs. */
export interface KeyScope extends PointerScope {
  fit(): void
  /** Takes a drag back; false when there is none. */
  cancelDrag(): boolean
}

/** A slab is at most this thick, in mm: beyond, a mean shows no anatomy. */
const THICKEST_SLAB_MM = 100

/**
 * Keys of a picture that has the focus.
 *
 * Keys held down are one edit: it is shown and measured as it goes, and recorded when the key is let go.
 */
export function usePictureKeys(scope: KeyScope | null) {
  const held = useRef<ShapeEdit | null>(null)

  const settle = () => {
    if (held.current !== null) scope?.edit(held.current, 'done')
    held.current = null
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (scope === null || event.target !== event.currentTarget) return
    const { props, projection, shapes } = scope
    const selected = shapes.find((shape) => shape.id === props.selectedShapeId && shape.isEditable)
    const isPicking = props.task.kind === 'pick'
    const command = commandOfKey(event, selected !== undefined, isPicking)
    const window = event.ctrlKey || event.metaKey || event.altKey ? undefined : windowOfKey(event.key)
    if (window) props.onWindow(window)
    if (!command && !window) return
    event.preventDefault()
    event.stopPropagation()
    if (!command) return
    const edit = selected ? editByKey(selected, command, projection.frame) : null
    if (edit) {
      held.current = edit
      scope.edit(edit, 'live')
      return
    }
    switch (command.kind) {
      case 'scroll':
        scope.scroll(command.steps)
        break
      case 'crosshair':
        props.onCrosshair(
          keepInGrid(
            props.volume.ct.geometry,
            translate(props.crosshair, screenward(projection.frame, command.right, command.up)),
          ),
        )
        break
      case 'zoom': {
        const { width, height } = projection.size
        scope.setCamera(zoomAt(projection, [width / 2, height / 2], command.factor))
        break
      }
      case 'slab':
        props.onSlab(Math.min(THICKEST_SLAB_MM, Math.max(0, props.slabMm + command.by)))
        break
      case 'fit':
        scope.fit()
        break
      case 'maximise':
        props.onMaximise()
        break
      case 'pick':
        props.onPick(props.crosshair)
        break
      case 'nextShape': {
        const ids = shapes.filter((shape) => shape.isEditable).map((shape) => shape.id)
        const next = ids[(ids.indexOf(props.selectedShapeId ?? '') + 1) % ids.length]
        if (next !== undefined) props.onSelectShape(next)
        break
      }
      case 'cancel':
        if (!scope.cancelDrag()) props.onSelectShape(null)
        break
    }
  }

  return { onKeyDown, onKeyUp: settle, onBlur: settle }
}
