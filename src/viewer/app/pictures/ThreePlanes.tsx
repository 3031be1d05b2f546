import { lazy, Suspense, useMemo } from 'react'
import { lpsPoint } from '../../../core/geometry/lps.ts'
import { cross, scale, translate } from '../../../core/geometry/vector.ts'
import { phrase } from '../../../core/words/words.ts'
import { overlayShapes } from '../../state/overlayShapes.ts'
import { useRegionsHu } from '../../state/regionsHu.ts'
import { look, lookAt, scrollOblique } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import type { ObliquePlane, ViewportPlane } from '../../viewport/viewportPlane.ts'
import type { PictureFocus, ViewportProps, ViewportVolume } from '../../viewport/viewportProps.ts'
import type { SharedVolume } from '../../worker/examWorkerApi.ts'
import { voiBody } from '../../worker/voiBody.ts'
import { graspedShape, pickPoint, selectShape, shapeEdited, taskOfPicking } from './pictureActions.ts'
import { showPointerSample } from './pointerSample.ts'

/** The graphics are large and come when the first picture is wanted, not before the page. */
const Viewport = lazy(() => import('../../viewport/index.ts').then((room) => ({ default: room.Viewport })))

/** Around a vertebral body with canal and arch, in mm. */
const LEVEL_HEIGHT_MM = 110
/** Three vertebral bodies with their discs, in mm. */
const NEIGHBOURS_HEIGHT_MM = 120

/** The plane that decides the number as the largest picture, two planes at right angles to the patient beside it. */
export function ThreePlanes({ volume }: { readonly volume: SharedVolume }) {
  const maximised = useViewer((state) => state.maximised)
  const oblique = useObliquePlane()
  const focus = useLevelFocus()
  const common = useCommonProps(volume)
  const large: ViewportPlane = oblique ?? { kind: 'axial' }
  const planes = [
    { id: 'large', plane: large },
    { id: 'sagittal', plane: { kind: 'sagittal' } },
    { id: 'coronal', plane: { kind: 'coronal' } },
  ] as const
  const shown = planes.filter(({ id }) => maximised === null || maximised === id)
  const reference =
    oblique === null
      ? []
      : [{ id: 'level', label: oblique.name, center: oblique.center, normal: oblique.normal }]
  return (
    <div className="planes" data-maximised={maximised ?? undefined}>
      <Suspense fallback={<p className="muted board-waiting">{phrase('viewer.picture.loading')}</p>}>
        {shown.map(({ id, plane }) => (
          <div key={id} className={`plane plane-${id}`}>
            <Viewport
              {...common}
              id={id}
              plane={plane}
              {...(id === 'large' || focus === null ? {} : { focus })}
              isMaximised={maximised === id}
              fitHeightMm={LEVEL_HEIGHT_MM}
              referencePlanes={plane.kind === 'oblique' ? [] : reference}
              onMaximise={() => look({ maximised: maximised === id ? null : id })}
            />
          </div>
        ))}
      </Suspense>
    </div>
  )
}

/** The plane through the VOI of the selected level, parallel to its endplates; null where there is none. */
function useObliquePlane(): ObliquePlane | null {
  const task = useViewer((state) => state.task)
  const level = useViewer((state) => state.selectedLevel)
  const rois = useViewer((state) => state.decisions.present.rois)
  const picking = useViewer((state) => state.picking)
  const offset = useViewer((state) => state.obliqueOffsetMm)
  return useMemo(() => {
    const voi = rois.find((roi) => roi.level === level)?.voi
    // Rods and seeds are clicked in a plane that crosses the scan straight.
    if (voi === null || voi === undefined || task === 'calibration' || picking !== null) return null
    const { center, normal, lateral } = voiBody(voi)
    const cranial = normal[2] < 0 ? scale(normal, -1) : normal
    const left = lateral[0] < 0 ? scale(lateral, -1) : lateral
    return {
      kind: 'oblique',
      name: phrase('viewer.picture.oblique', { level }),
      center: translate(center, cranial, offset),
      normal: cranial,
      up: scale(cross(cranial, left), -1),
    }
  }, [task, level, rois, picking, offset])
}

/** The selected level with its neighbours; null while none has a VOI. */
function useLevelFocus(): PictureFocus | null {
  const level = useViewer((state) => state.selectedLevel)
  const voi = useViewer((state) => state.decisions.present.rois.find((roi) => roi.level === level)?.voi)
  return useMemo(
    () =>
      level === null || voi === null || voi === undefined
        ? null
        : { name: level, center: lpsPoint(...voi.centerLps), heightMm: NEIGHBOURS_HEIGHT_MM },
    [level, voi],
  )
}

function useCommonProps(shared: SharedVolume) {
  const arrived = useViewer((state) => state.arrived)
  const crosshair = useViewer((state) => state.crosshair)
  const window = useViewer((state) => state.window)
  const slabMm = useViewer((state) => state.slabMm)
  const picking = useViewer((state) => state.picking)
  const shapes = useShapes()
  const volume = useMemo<ViewportVolume>(
    () => ({
      id: shared.id,
      ct: shared.ct,
      ...(arrived < shared.flags.length ? { arrived: { flags: shared.flags, count: arrived } } : {}),
    }),
    [shared, arrived],
  )
  const [x, y, z] = crosshair ?? [0, 0, 0]
  return {
    volume,
    crosshair: useMemo(() => lpsPoint(x, y, z), [x, y, z]),
    window,
    slabMm,
    shapes,
    selectedShapeId: useViewer((state) =>
      graspedShape(state.task, state.selectedRegion, state.selectedLevel),
    ),
    task: useMemo(() => taskOfPicking(picking), [picking]),
    showsCrosshair: true,
    onCrosshair: lookAt,
    onWindow: (next) => look({ window: next }),
    onSlab: (next) => look({ slabMm: next }),
    onSelectShape: selectShape,
    onEditShape: shapeEdited,
    onPick: pickPoint,
    onPointer: showPointerSample,
    onObliqueScroll: scrollOblique,
  } satisfies Partial<ViewportProps>
}

function useShapes() {
  const decisions = useViewer((state) => state.decisions.present)
  const record = useViewer((state) => state.record)
  const dragged = useViewer((state) => state.dragged)
  const isFixed = useViewer(
    ({ record: shown, supersedes }) => (shown?.signatures.length ?? 0) > 0 && supersedes === null,
  )
  const canMoveRods = useViewer((state) => state.task === 'calibration')
  const level = useViewer((state) => state.selectedLevel)
  const regionsHu = useRegionsHu()
  return useMemo(
    () => overlayShapes({ decisions, record, level, dragged, isFixed, canMoveRods, regionsHu }),
    [decisions, record, level, dragged, isFixed, canMoveRods, regionsHu],
  )
}
