import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { phrase } from '../../core/words/words.ts'
import type { EditPhase, ShapeEdit } from './overlayShape.ts'
import { PictureCrosshair } from './PictureCrosshair.tsx'
import { PictureFurniture } from './PictureFurniture.tsx'
import { PictureHandles, PictureShape } from './PictureShapes.tsx'
import { fitCamera, focusCamera, panBy, projectPicture, zoomAt } from './pictureCamera.ts'
import { composeScene, editedShape, planePoint } from './pictureScene.ts'
import { scrollPoint, scrollStep, slicePosition } from './planeScroll.ts'
import { useGraphics } from './useGraphics.ts'
import { usePictureKeys } from './usePictureKeys.ts'
import { usePicturePointer } from './usePicturePointer.ts'
import { usePictureSize } from './usePictureSize.ts'
import { planeFrame } from './viewportPlane.ts'
import type { ViewportCamera, ViewportHandle, ViewportProps } from './viewportProps.ts'
import './viewport.css'

/**
 * One picture of a volume with our own overlay: VOIs, rods, seeds, endplates and walls that can be grasped.
 *
 * It shows what its props say and tells what a hand wants; the exam's state lives elsewhere. Nothing here measures.
 */
export function Viewport({ ref, ...props }: ViewportProps & { readonly ref?: Ref<ViewportHandle> }) {
  const { volume, crosshair, window, slabMm, shapes: givenShapes, selectedShapeId } = props
  const root = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const size = usePictureSize(root)
  const [camera, setCamera] = useState<ViewportCamera | null>(null)
  const [liveEdit, setLiveEdit] = useState<ShapeEdit | null>(null)
  // A plane that follows its own VOI stands still while a hand drags that VOI in it.
  const standing = useRef(props.plane)
  if (liveEdit === null) standing.current = props.plane
  const plane = standing.current

  const { geometry } = volume.ct
  const frame = useMemo(() => planeFrame(plane), [plane])
  const onPlane = planePoint(plane, crosshair)
  const { fitHeightMm } = props
  const fitted = useMemo(() => {
    if (size === null) return null
    const focus =
      plane.kind === 'oblique' && fitHeightMm !== undefined
        ? { center: plane.center, heightMm: fitHeightMm }
        : undefined
    return fitCamera(geometry, frame, size, focus)
  }, [geometry, frame, size, plane, fitHeightMm])

  // Another vertebra's plane is looked at around its own middle, at the zoom one has chosen.
  const place = plane.kind === 'oblique' ? `${plane.name}` : plane.kind
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another plane or volume moves the picture by itself
  useEffect(() => {
    setCamera((kept) => (kept && plane.kind === 'oblique' ? { ...kept, center: plane.center } : null))
  }, [place, volume.id])
  const { focus } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: a focus that is moved by a hand moves no picture
  useEffect(() => {
    if (focus !== undefined && plane.kind !== 'oblique') setCamera((kept) => focusCamera(focus, kept))
  }, [place, volume.id, focus?.name])

  const projection = useMemo(() => {
    const shown = camera ?? fitted
    return size === null || shown === null ? null : projectPicture(frame, shown, onPlane, size)
  }, [camera, fitted, frame, onPlane, size])
  const shapes = useMemo(
    () => givenShapes.map((shape) => editedShape(shape, liveEdit)),
    [givenShapes, liveEdit],
  )
  const scene = useMemo(
    () => projection && composeScene(shapes, selectedShapeId, projection),
    [shapes, selectedShapeId, projection],
  )
  const view = useMemo(
    () =>
      projection && {
        frame,
        center: projection.center,
        heightMm: projection.mmPerPixel * projection.size.height,
        window,
        slabMm,
      },
    [projection, frame, window, slabMm],
  )
  const { state, picture, retry } = useGraphics(props.id, canvas, volume, view, size)

  const fit = () => setCamera(null)
  const edit = (change: ShapeEdit, phase: EditPhase) => {
    // Nothing jumps: the picture does not centre itself anew on what was moved.
    if (phase === 'live' && camera === null) setCamera(fitted)
    setLiveEdit(phase === 'live' ? change : null)
    props.onEditShape(change, phase)
  }
  const scroll = (steps: number) => {
    if (plane.kind === 'oblique') props.onObliqueScroll?.(steps * scrollStep(geometry, frame.normal))
    else props.onCrosshair(scrollPoint(geometry, frame.normal, crosshair, steps))
  }
  const setUrgent = (isUrgent: boolean) => picture.current?.setUrgent(isUrgent)
  const scope = projection &&
    scene && { props, shapes, projection, scene, setCamera, edit, scroll, setUrgent, fit }
  const { cancel, listeners } = usePicturePointer(root, scope)
  const keys = usePictureKeys(scope && { ...scope, cancelDrag: cancel })

  useImperativeHandle(ref, () => ({
    fit,
    zoomBy: (factor) => {
      if (projection)
        setCamera(zoomAt(projection, [projection.size.width / 2, projection.size.height / 2], factor))
    },
    panBy: (right, down) => {
      if (projection) setCamera(panBy(projection, right, down))
    },
    camera: () =>
      projection && { center: projection.center, heightMm: projection.mmPerPixel * projection.size.height },
    setCamera,
    toPixels: (at) => projection?.toPixels(at) ?? null,
    focus: () => root.current?.focus(),
  }))

  const slice = slicePosition(geometry, frame.normal, onPlane)
  const sliceNumber = slice && Math.round(slice.index)
  const name = plane.kind === 'oblique' ? plane.name : phrase(`viewer.viewport.${plane.kind}`)
  const sliceWords =
    slice && sliceNumber !== null && sliceNumber >= 0 && sliceNumber < slice.count
      ? phrase('viewer.viewport.slice', { slice: sliceNumber + 1, of: slice.count })
      : ''
  const { arrived } = volume
  const isUnread = slice?.axis === 2 && sliceNumber !== null && arrived?.flags[sliceNumber] === 0
  const missing = arrived && arrived.count < geometry.size[2]
  const progress = isUnread
    ? phrase('viewer.viewport.notYetRead')
    : missing
      ? phrase('viewer.viewport.arriving', { count: arrived.count, of: geometry.size[2] })
      : ''

  return (
    <div
      ref={root}
      className="viewport"
      role="application"
      aria-label={phrase('viewer.viewport.label', { name, slice: sliceWords })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      data-viewport={props.id}
      data-graphics={state}
      data-cursor={props.task.kind}
      onContextMenu={(event) => event.preventDefault()}
      {...listeners}
      {...keys}
    >
      <div ref={canvas} className="viewport-graphics" />
      {projection && scene && (
        <svg className="viewport-overlay" aria-hidden="true" data-mm-per-pixel={projection.mmPerPixel}>
          <PictureCrosshair
            projection={projection}
            crosshair={props.showsCrosshair ? crosshair : null}
            referencePlanes={props.referencePlanes ?? []}
          />
          {scene.sketches.map((sketch) => (
            <PictureShape
              key={sketch.shape.id}
              sketch={sketch}
              isSelected={sketch.shape.id === selectedShapeId}
            />
          ))}
          <PictureHandles handles={scene.handles} />
          <PictureFurniture
            projection={projection}
            name={name}
            slice={sliceWords}
            window={window}
            slabMm={slabMm}
            progress={progress}
          />
        </svg>
      )}
      {(state === 'lost' || state === 'failed') && (
        <div className="viewport-notice" role="status">
          <span>{phrase(`viewer.viewport.${state}`)}</span>
          {state === 'failed' && (
            <button type="button" onClick={retry} onPointerDown={(event) => event.stopPropagation()}>
              {phrase('viewer.viewport.retry')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
