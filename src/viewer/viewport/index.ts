export type {
  EditKind,
  EditPhase,
  EndplateShape,
  OverlayShape,
  RodShape,
  SeedShape,
  ShapeEdit,
  ShapeStanding,
  VoiShape,
  WallShape,
} from './overlayShape.ts'
export { Viewport } from './Viewport.tsx'
export { type ObliquePlane, type PlaneFrame, planeFrame, type ViewportPlane } from './viewportPlane.ts'
export type {
  GreyWindow,
  PointerSample,
  PointerTask,
  ReferencePlane,
  ViewportCamera,
  ViewportHandle,
  ViewportProps,
  ViewportVolume,
} from './viewportProps.ts'
export { warmGraphics } from './warmGraphics.ts'
export { WINDOW_PRESETS, type WindowPreset, windowOfKey } from './windowPresets.ts'
