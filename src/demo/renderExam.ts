import { lpsPoint, lpsVector } from '../core/geometry/lps.ts'
import { hu } from '../core/units.ts'
import type { CtVolume } from '../core/volume/ctVolume.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import { type ExamScene, examScene } from './examScene.ts'
import type { ExamTruth } from './examTruth.ts'
import { type ReconstructionName, reconstructionKernel } from './reconstructionKernel.ts'
import { renderSlices } from './renderSlices.ts'
import { truthOfScene } from './truthOfScene.ts'

/** Choices of one rendering. */
export interface RenderOptions {
  /** Which reconstruction; `soft` when not said. */
  readonly series?: ReconstructionName
  /** Told after each slice how many of how many are done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** A digital exam in memory. */
export interface RenderedExam {
  readonly volume: CtVolume
  readonly truth: ExamTruth
}

/** Stored value = HU + 1024, as most scanners write it. */
export const STORED_OFFSET = 1024
/** Largest CT number a 12-bit scanner can store. */
const STORED_MAX = 4095

/** Rounds a slice of HU into stored values. */
function store(slice: Float32Array, voxels: Int16Array, from: number): void {
  for (let at = 0; at < slice.length; at++) {
    const stored = Math.round(slice[at]! + STORED_OFFSET)
    voxels[from + at] = stored < 0 ? 0 : Math.min(stored, STORED_MAX)
  }
}

/** Renders the voxels of one reconstruction of a scene. */
export function renderVolume(scene: ExamScene, options: RenderOptions = {}): CtVolume {
  const { acquisition: a } = scene.parameters
  const perSlice = a.columns * a.rows
  const voxels = new Int16Array(perSlice * a.sliceCount)
  renderSlices(scene, reconstructionKernel(scene.parameters, options.series ?? 'soft'), (slice, index) => {
    store(slice, voxels, index * perSlice)
    options.onProgress?.(index + 1, a.sliceCount)
    return true
  })
  return {
    quantity: 'HU',
    voxels,
    rescale: { slope: 1, intercept: hu(-STORED_OFFSET) },
    geometry: {
      size: [a.columns, a.rows, a.sliceCount],
      origin: lpsPoint(
        a.fieldCenterXMm - ((a.columns - 1) / 2) * a.pixelSpacingMm,
        a.fieldCenterYMm - ((a.rows - 1) / 2) * a.pixelSpacingMm,
        a.tablePositionZMm + a.scanCenterZMm - ((a.sliceCount - 1) / 2) * a.sliceSpacingMm,
      ),
      spacing: [a.pixelSpacingMm, a.pixelSpacingMm, a.sliceSpacingMm],
      axes: [lpsVector(1, 0, 0), lpsVector(0, 1, 0), lpsVector(0, 0, 1)],
    },
  }
}

/** Renders a digital exam in memory, with the truth about it. The same parameters give the same voxels. */
export function renderExam(parameters: ExamParameters, options: RenderOptions = {}): RenderedExam {
  const scene = examScene(parameters)
  return { volume: renderVolume(scene, options), truth: truthOfScene(scene) }
}
