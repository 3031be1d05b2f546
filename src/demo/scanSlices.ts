import { hardenedHu, hardeningAt } from './beamHardening.ts'
import type { ExamScene } from './examScene.ts'
import { paintPhantom } from './paintPhantom.ts'
import { paintTrunk } from './paintTrunk.ts'
import type { SliceImage } from './slicePainter.ts'
import { sliceProfile } from './sliceProfile.ts'
import { noPixels, paintBars, paintBody, paintDisc, type SubSlice } from './subSlice.ts'

/** Skeleton of a slice in the making: layers weighted and summed. */
interface OpenSlice {
  readonly cover: Float32Array
  readonly weighted: Float32Array
  slice: number
}

/** HU of a disc's middle at 120 kVp on an undrifted scanner. */
const DISC_HU = 78

/** Paints the skeleton into one thin layer at height z. */
function paintLayer(layer: SubSlice, scene: ExamScene, z: number): void {
  for (const disc of scene.discs)
    paintDisc(layer, disc, z, scene.scanner.tissueHu(scene.tissues.tissue(DISC_HU)))
  for (const bone of scene.bones) paintBars(layer, bone, z, scene.scanner)
  for (const body of scene.bodies) paintBody(layer, body, z, scene.scanner)
}

/**
 * Draws a stack of slices one by one, feet first, in HU, averaged over slice and pixel but without blur and noise: what
 * every reconstruction of the scan begins with. The image is reused for the next slice.
 *
 * The skeleton is drawn in layers of at most 0.6 mm that add up by the slice profile; soft tissue, couch and phantom
 * change slowly along z and are drawn at the slice's middle.
 */
export function* scanSlices(scene: ExamScene): Generator<Float32Array> {
  const { acquisition } = scene.parameters
  const { columns, rows, pixelSpacingMm: pixel, sliceCount, sliceSpacingMm, sliceThicknessMm } = acquisition
  const count = columns * rows
  const image: SliceImage = {
    columns,
    rows,
    pixel,
    firstX: acquisition.fieldCenterXMm - ((columns - 1) / 2) * pixel,
    firstY: acquisition.fieldCenterYMm - ((rows - 1) / 2) * pixel,
    hu: new Float32Array(count),
  }
  const firstZ = acquisition.scanCenterZMm - ((sliceCount - 1) / 2) * sliceSpacingMm
  const profile = sliceProfile(sliceThicknessMm, sliceSpacingMm)
  const layer: SubSlice = {
    image,
    thickness: profile.layer,
    cover: new Float32Array(count),
    weighted: new Float32Array(count),
    nearest: new Float32Array(count),
    dirty: noPixels(),
  }
  const hardening = hardeningMap(scene, image)
  const open: OpenSlice[] = []
  const idle: OpenSlice[] = []

  const finish = ({ cover, weighted, slice }: OpenSlice) => {
    const z = firstZ + slice * sliceSpacingMm
    paintTrunk(image, scene, z, scene.scanner)
    if (scene.phantom !== undefined) paintPhantom(image, scene.phantom, z, scene.scanner)
    const { hu } = image
    for (let at = 0; at < count; at++) {
      if (cover[at]! > 0) hu[at] = hu[at]! * (1 - cover[at]!) + weighted[at]!
    }
    if (hardening !== undefined)
      for (let at = 0; at < count; at++) hu[at] = hardenedHu(hardening[at]!, hu[at]!)
  }

  const { perSpacing, weights, first } = profile
  const lastLayer = (sliceCount - 1) * perSpacing + first + weights.length - 1
  for (let at = first; at <= lastLayer; at++) {
    Object.assign(layer.dirty, noPixels())
    const z = firstZ - sliceSpacingMm / 2 + (at + 0.5) * profile.layer
    paintLayer(layer, scene, z)
    // slices that hold this layer: at − first − weights.length < slice·perSpacing ≤ at − first
    const highest = Math.min(sliceCount - 1, Math.floor((at - first) / perSpacing))
    const lowest = Math.max(0, Math.ceil((at - first - weights.length + 1) / perSpacing))
    for (let slice = lowest; slice <= highest; slice++) {
      let target = open.find((entry) => entry.slice === slice)
      if (target === undefined) {
        target = idle.pop() ?? { cover: new Float32Array(count), weighted: new Float32Array(count), slice }
        target.slice = slice
        open.push(target)
      }
      addLayer(layer, target, weights[at - first - slice * perSpacing]!)
    }
    clearLayer(layer)
    const done = open[0]
    if (done !== undefined && at === done.slice * perSpacing + first + weights.length - 1) {
      finish(done)
      yield image.hu
      open.shift()
      done.cover.fill(0)
      done.weighted.fill(0)
      idle.push(done)
    }
  }
}

/** Hardening at every pixel of the exam's slices; undefined where there is none. */
function hardeningMap({ parameters }: ExamScene, { columns, rows, pixel, firstX, firstY }: SliceImage) {
  const at = hardeningAt(parameters)
  if (at === undefined) return undefined
  return Array.from({ length: columns * rows }, (_, index) =>
    at(firstX + (index % columns) * pixel, firstY + Math.floor(index / columns) * pixel),
  )
}

function addLayer({ image, dirty, cover, weighted }: SubSlice, target: OpenSlice, weight: number): void {
  for (let row = dirty.top; row <= dirty.bottom; row++) {
    const end = row * image.columns + dirty.right
    for (let at = row * image.columns + dirty.left; at <= end; at++) {
      if (cover[at] === 0) continue
      target.cover[at] = target.cover[at]! + weight * cover[at]!
      target.weighted[at] = target.weighted[at]! + weight * weighted[at]!
    }
  }
}

function clearLayer({ image, dirty, cover, weighted }: SubSlice): void {
  for (let row = dirty.top; row <= dirty.bottom; row++) {
    const [from, to] = [row * image.columns + dirty.left, row * image.columns + dirty.right + 1]
    cover.fill(0, from, to)
    weighted.fill(0, from, to)
  }
}
