import { createRef, type RefObject, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type LpsPoint, lpsPoint, lpsVector } from '../../../../src/core/geometry/lps.ts'
import { cross } from '../../../../src/core/geometry/vector.ts'
import { mm } from '../../../../src/core/units.ts'
import { reslicePlane } from '../../../../src/core/volume/reslice.ts'
import type { EllipticalCylinder } from '../../../../src/core/volume/roi.ts'
import { roiStatistics } from '../../../../src/core/volume/roiStatistics.ts'
import {
  type EditPhase,
  type GreyWindow,
  type ObliquePlane,
  type OverlayShape,
  type PointerSample,
  type PointerTask,
  planeFrame,
  type ShapeEdit,
  Viewport,
  type ViewportCamera,
  type ViewportHandle,
  type ViewportPlane,
  type ViewportVolume,
  warmGraphics,
} from '../../../../src/viewer/viewport/index.ts'
import { type StoredOrientation, sceneVoi, sceneVolume } from './scene.ts'
import './page.css'

const asked = new URLSearchParams(location.search)
const numbers = (name: string, otherwise: string) =>
  (asked.get(name) ?? otherwise).split('x').map(Number) as [number, number, number]
const ct = sceneVolume((asked.get('stored') ?? 'axial') as StoredOrientation, numbers('size', '128x128x60'))
const flags = new Uint8Array(new SharedArrayBuffer(ct.geometry.size[2])).fill(asked.has('arriving') ? 0 : 1)

/** What the page would keep in a store. */
interface PageState {
  crosshair: LpsPoint
  window: GreyWindow
  slabMm: number
  voi: EllipticalCylinder
  seed: LpsPoint
  task: PointerTask
  selected: string | null
  maximised: string | null
  arrivedCount: number
}

const seen = {
  edits: [] as { edit: ShapeEdit; phase: EditPhase }[],
  picks: [] as LpsPoint[],
  pointer: null as PointerSample | null,
  mounts: 0,
}
const handles: Record<string, RefObject<ViewportHandle | null>> = {
  axial: createRef(),
  coronal: createRef(),
  sagittal: createRef(),
  oblique: createRef(),
}
let current: PageState = {
  crosshair: lpsPoint(4, -3, 8),
  window: { center: 60, width: 500 },
  slabMm: 0,
  voi: sceneVoi,
  seed: lpsPoint(-30, 10, 8),
  task: { kind: 'browse' },
  selected: null,
  maximised: null,
  arrivedCount: asked.has('arriving') ? 0 : ct.geometry.size[2],
}
let update: (change: Partial<PageState>) => void = () => {}

const obliqueOf = (voi: EllipticalCylinder): ObliquePlane => ({
  kind: 'oblique',
  name: 'L1 plane',
  center: voi.center,
  normal: voi.normal,
  up: cross(voi.lateral, voi.normal),
})
const planes: Record<string, () => ViewportPlane> = {
  axial: () => ({ kind: 'axial' }),
  coronal: () => ({ kind: 'coronal' }),
  sagittal: () => ({ kind: 'sagittal' }),
  oblique: () => obliqueOf(current.voi),
}

function Page() {
  const [state, setState] = useState(current)
  current = state
  update = (change) => flushSync(() => setState((known) => ({ ...known, ...change })))
  const volume: ViewportVolume = useMemo(
    () => ({ id: 'scene', ct, arrived: { flags, count: state.arrivedCount } }),
    [state.arrivedCount],
  )
  const oblique = useMemo(() => obliqueOf(state.voi), [state.voi])
  const shapes: OverlayShape[] = useMemo(
    () => [
      { kind: 'voi', id: 'L1', label: 'L1', standing: 'automatic', isEditable: true, voi: state.voi },
      { kind: 'seed', id: 'seed', label: 'L2 seed', standing: 'edited', isEditable: true, at: state.seed },
      {
        kind: 'rod',
        id: 'rod',
        label: 'H200',
        standing: 'confirmed',
        isEditable: true,
        center: lpsPoint(40, 40, 8),
        axis: lpsVector(0, 0, 1),
        radius: 6,
        length: 100,
      },
      {
        kind: 'endplate',
        id: 'upper',
        label: 'L1 upper',
        standing: 'doubtful',
        isEditable: false,
        point: lpsPoint(6, -4, 22),
        normal: sceneVoi.normal,
        reach: 24,
      },
    ],
    [state.voi, state.seed],
  )
  const fixed = useMemo<Record<string, ViewportPlane>>(
    () => ({
      axial: { kind: 'axial' },
      coronal: { kind: 'coronal' },
      sagittal: { kind: 'sagittal' },
      oblique,
    }),
    [oblique],
  )
  const statistics = useMemo(() => roiStatistics(ct, state.voi), [state.voi])
  const ids = state.maximised ? [state.maximised] : Object.keys(handles)
  return (
    <>
      <p>
        Mean <output data-testid="mean">{statistics.mean.toFixed(6)}</output> HU in{' '}
        <output data-testid="n">{statistics.n}</output> voxels
      </p>
      <div className={state.maximised ? 'one' : 'four'}>
        {ids.map((id) => (
          <Viewport
            key={id}
            ref={handles[id]!}
            id={id}
            volume={volume}
            plane={fixed[id]!}
            crosshair={state.crosshair}
            window={state.window}
            slabMm={state.slabMm}
            shapes={shapes}
            selectedShapeId={state.selected}
            task={state.task}
            showsCrosshair
            referencePlanes={
              id === 'sagittal'
                ? [{ id: 'L1', label: 'L1', center: oblique.center, normal: oblique.normal }]
                : []
            }
            isMaximised={state.maximised === id}
            onCrosshair={(crosshair) => update({ crosshair })}
            onWindow={(window) => update({ window })}
            onSlab={(slabMm) => update({ slabMm })}
            onSelectShape={(selected) => update({ selected })}
            onEditShape={(edit, phase) => {
              seen.edits.push({ edit, phase })
              if (edit.kind === 'voi') update({ voi: edit.voi })
              if (edit.kind === 'seed') update({ seed: edit.at })
            }}
            onPick={(at) => seen.picks.push(at)}
            onPointer={(sample) => {
              seen.pointer = sample
            }}
            onMaximise={() => update({ maximised: state.maximised === id ? null : id })}
            onObliqueScroll={() => {}}
          />
        ))}
      </div>
    </>
  )
}

/** Grey levels that core's own reslicer gives at positions of a picture, 0 to 255. */
function expectedGrey(id: string, points: readonly (readonly [number, number])[]): number[] {
  const camera = handles[id]?.current?.camera()
  const box = document.querySelector(`[data-viewport="${id}"]`)
  if (!camera || !box) return []
  const frame = planeFrame(planes[id]!())
  const perPixel = camera.heightMm / box.clientHeight
  const low = current.window.center - current.window.width / 2
  return points.map(([x, y]) => {
    const [a, b] = [(x - box.clientWidth / 2) * perPixel, -(y - box.clientHeight / 2) * perPixel]
    const center = camera.center.map((c, axis) => c + frame.right[axis]! * a + frame.up[axis]! * b)
    const plane = {
      center: lpsPoint(center[0]!, center[1]!, center[2]!),
      right: frame.right,
      down: lpsVector(-frame.up[0], -frame.up[1], -frame.up[2]),
    }
    const request = { pixelSpacing: mm(1), width: 1, height: 1 }
    const slab = current.slabMm > 0 ? { slab: mm(current.slabMm) } : {}
    const value = reslicePlane(ct, plane, { ...request, ...slab }).hu[0]!
    return Math.min(255, Math.max(0, (255 * (value - low)) / current.window.width))
  })
}

/** Grey levels on the screen's canvas at positions in CSS pixels. */
function shownGrey(id: string, points: readonly (readonly [number, number])[]): number[] {
  const canvas = document.querySelector<HTMLCanvasElement>(
    `[data-viewport="${id}"] canvas.cornerstone-canvas`,
  )
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return []
  const ratio = [canvas.width / canvas.clientWidth, canvas.height / canvas.clientHeight] as const
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return points.map(([x, y]) => {
    const [column, row] = [Math.floor(x * ratio[0]), Math.floor(y * ratio[1])]
    return data[4 * (column + canvas.width * row)] ?? Number.NaN
  })
}

const harness = {
  state: () => current,
  seen,
  set: (change: Partial<PageState>) => update(change),
  handle: (id: string) => handles[id]?.current,
  expectedGrey,
  shownGrey,
  mean: () => roiStatistics(ct, current.voi).mean,
  /** Aims a picture and moves it by so many CSS pixels to the right and down; both are laid out on return. */
  aim: (id: string, camera: ViewportCamera, pan: readonly [right: number, down: number]) => {
    flushSync(() => handles[id]?.current?.setCamera(camera))
    flushSync(() => handles[id]?.current?.panBy(pan[0], pan[1]))
  },
  arrive: (slices: readonly number[]) => {
    for (const k of slices) flags[k] = 1
    update({ arrivedCount: flags.reduce((sum, flag) => sum + flag, 0) })
  },
}
/** What the tests may ask of the page. */
export type Harness = typeof harness
Object.assign(globalThis, { harness })

await warmGraphics()
Object.assign(globalThis, { warmedAt: performance.now() })
const root = document.getElementById('root')
if (root) createRoot(root).render(<Page />)
