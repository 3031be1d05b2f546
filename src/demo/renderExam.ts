import { lpsPoint, lpsVector } from '../core/geometry/lps.ts'
import { hu } from '../core/units.ts'
import type { CtVolume } from '../core/volume/ctVolume.ts'
import type { ExamParameters } from './examParameterSchema.ts'
import { type ExamScene, examScene } from './examScene.ts'
import type { ExamTruth } from './examTruth.ts'
import { reconstruction, wholeField } from './reconstruct.ts'
import { type ReconstructionName, reconstructionKernel } from './reconstructionKernel.ts'
import { scanSlices } from './scanSlices.ts'
import { secondExposure } from './secondExposure.ts'
import { STORED_OFFSET, storeSlice } from './storedSlice.ts'
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

/** Renders the voxels of one reconstruction of a scene. */
export function renderVolume(scene: ExamScene, options: RenderOptions = {}): CtVolume {
  const { acquisition: a } = scene.parameters
  const perSlice = a.columns * a.rows
  const voxels = new Int16Array(perSlice * a.sliceCount)
  const kernel = reconstructionKernel(scene.parameters, options.series ?? 'soft')
  let done = 0
  const reconstruct = reconstruction(scene.parameters, kernel, wholeField(scene.parameters))
  for (const scanned of scanSlices(scene)) {
    storeSlice(reconstruct(scanned, done), voxels, done * perSlice)
    done++
    options.onProgress?.(done, a.sliceCount)
  }
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

/**
 * Renders a digital exam in memory, with the truth about it. The same parameters give the same voxels. Of a dual-energy
 * pair, `second` gives the voxels of the second voltage; the truth is about the whole exam.
 *
 * @throws {RangeError} Where `second` is asked of an exam without a second voltage.
 */
export function renderExam(parameters: ExamParameters, options: RenderOptions = {}): RenderedExam {
  const scene = examScene(parameters)
  const exposed = options.series === 'second' ? secondExposure(parameters) : parameters
  if (exposed === undefined) throw new RangeError('the exam has no second voltage')
  const volume = renderVolume(exposed === parameters ? scene : examScene(exposed), options)
  return { volume, truth: truthOfScene(scene) }
}
