import { barDistance } from './boneBar.ts'
import type { ScannerResponse } from './scannerResponse.ts'
import type { BarGroup } from './skeletonBars.ts'
import type { SliceImage } from './slicePainter.ts'
import type { PlacedVertebra } from './spineColumn.ts'
import type { VertebralBodyShape } from './vertebralBodyShape.ts'

/** A vertebral body to paint. */
export interface PaintedBody {
  readonly vertebra: PlacedVertebra
  readonly shape: VertebralBodyShape
}

/** A disc to paint: an elliptical pillow between two bodies, reaching a little into both, which are painted after it. */
export interface PaintedDisc {
  readonly frame: PlacedVertebra
  readonly halfHeight: number
}

/** The pixels of a slice that anything was painted on: first and last column and row. */
export interface DirtyBox {
  left: number
  right: number
  top: number
  bottom: number
}

/** An empty box. */
export const noPixels = (): DirtyBox => ({ left: Infinity, right: -1, top: Infinity, bottom: -1 })

/**
 * One thin layer of the skeleton: how much of each pixel it covers, and the CT number of the covered part times the
 * cover. Layers add up to a slice by the slice profile, and the sum is laid over the soft tissue.
 */
export interface SubSlice {
  readonly image: SliceImage
  /** Thickness of the layer in mm. */
  readonly thickness: number
  readonly cover: Float32Array
  readonly weighted: Float32Array
  /** Work space: distance to the nearest bar of one bone. */
  readonly nearest: Float32Array
  readonly dirty: DirtyBox
}

/** Columns first…last and rows top…bottom of a box in mm, cut to the image; widens the layer's dirty box. */
function pixelsOf(layer: SubSlice, lowX: number, highX: number, lowY: number, highY: number) {
  const { image, dirty } = layer
  const left = Math.max(0, Math.ceil((lowX - image.firstX) / image.pixel))
  const right = Math.min(image.columns - 1, Math.floor((highX - image.firstX) / image.pixel))
  const top = Math.max(0, Math.ceil((lowY - image.firstY) / image.pixel))
  const bottom = Math.min(image.rows - 1, Math.floor((highY - image.firstY) / image.pixel))
  if (left <= right && top <= bottom) {
    dirty.left = Math.min(dirty.left, left)
    dirty.right = Math.max(dirty.right, right)
    dirty.top = Math.min(dirty.top, top)
    dirty.bottom = Math.max(dirty.bottom, bottom)
  }
  return { left, right, top, bottom }
}

/** Half-extents in x and y of the part of an oriented box that a plane z can meet (a generous bound). */
function boxReach(vertebra: PlacedVertebra, hu: number, hv: number, hw: number) {
  const { left, anterior, cranial } = vertebra
  const reach = (axis: 0 | 1 | 2) =>
    Math.abs(left[axis]) * hu + Math.abs(anterior[axis]) * hv + Math.abs(cranial[axis]) * hw
  return { x: reach(0), y: reach(1), z: reach(2) }
}

/** Share of a cell of width `width` that lies on the inner side of a surface at signed distance `d` of its middle. */
const inside = (d: number, width: number) => {
  const share = 0.5 - d / width
  return share <= 0 ? 0 : Math.min(share, 1)
}

/** Paints one vertebral body at height z: soft tissue outside, then wall and plates, then trabecular bone. */
export function paintBody(
  layer: SubSlice,
  { vertebra, shape }: PaintedBody,
  z: number,
  scanner: ScannerResponse,
) {
  const { image, cover, weighted } = layer
  const { center, left: U, anterior: V, cranial: W } = vertebra
  const [hu, hv, hw] = [shape.halfWidth + 1, shape.halfDepth + 1, shape.halfHeight + 3]
  const reach = boxReach(vertebra, hu, hv, hw)
  const dz = z - center[2]
  if (Math.abs(dz) > reach.z) return
  // the middle of the section: along the body's axis to the height z
  const lift = Math.max(-hw, Math.min(hw, dz / W[2]))
  const [midX, midY] = [center[0] + W[0] * lift, center[1] + W[1] * lift]
  const slack = 6
  const box = pixelsOf(layer, midX - hu - slack, midX + hu + slack, midY - hv - slack, midY + hv + slack)
  const sideWidth = image.pixel
  const tilt = W[0] * W[0] + W[1] * W[1]
  const plateWidth = Math.sqrt(image.pixel ** 2 * tilt + layer.thickness ** 2 * (1 - tilt))
  for (let row = box.top; row <= box.bottom; row++) {
    const y = image.firstY + row * image.pixel - center[1]
    for (let column = box.left; column <= box.right; column++) {
      const x = image.firstX + column * image.pixel - center[0]
      const w = x * W[0] + y * W[1] + dz * W[2]
      if (w > hw || w < -hw) continue
      const u = x * U[0] + y * U[1] + dz * U[2]
      const v = x * V[0] + y * V[1] + dz * V[2]
      if (u > hu || u < -hu || v > hv || v < -hv) continue
      const side = shape.sideDistance(u, v, w)
      if (side > sideWidth) continue
      const upper = w - shape.upperPlate(u, v)
      const lower = shape.lowerPlate(u, v) - w
      const plate = Math.max(upper, lower)
      const bone = Math.min(inside(side, sideWidth), inside(plate, plateWidth))
      if (bone === 0) continue
      const marrow = Math.min(inside(side + shape.wall, sideWidth), inside(plate + shape.plate, plateWidth))
      let painted = 0
      if (marrow > 0) painted += marrow * scanner.trabecularHu(shape.trabecularDensity(u, v, w))
      if (bone > marrow) painted += (bone - marrow) * scanner.boneHu(shape.corticalDensity(u, v, w))
      const at = row * image.columns + column
      weighted[at] = weighted[at]! * (1 - bone) + painted
      cover[at] = cover[at]! + bone - cover[at]! * bone
    }
  }
}

/** Paints one disc at height z. */
export function paintDisc(layer: SubSlice, { frame, halfHeight }: PaintedDisc, z: number, huOfDisc: number) {
  const { image, cover, weighted } = layer
  const { center, left: U, anterior: V, cranial: W, size } = frame
  const [a, b] = [size.halfWidth, size.halfDepth]
  const hw = halfHeight + 4
  const dz = z - center[2]
  if (Math.abs(dz) > boxReach(frame, a + 1, b + 1, hw).z) return
  const box = pixelsOf(layer, center[0] - a - 8, center[0] + a + 8, center[1] - b - 8, center[1] + b + 8)
  for (let row = box.top; row <= box.bottom; row++) {
    const y = image.firstY + row * image.pixel - center[1]
    for (let column = box.left; column <= box.right; column++) {
      const x = image.firstX + column * image.pixel - center[0]
      const w = x * W[0] + y * W[1] + dz * W[2]
      if (w > hw || w < -hw) continue
      const p = (x * U[0] + y * U[1] + dz * U[2]) / a
      const v = x * V[0] + y * V[1] + dz * V[2]
      const q = v / (v < 0 ? 0.88 * b : b)
      const r = Math.sqrt(p * p + q * q)
      const share = inside((r - 1) * b, image.pixel)
      if (share === 0) continue
      // fibrous ring a little denser than the nucleus
      const value = huOfDisc + 18 * r * r
      const at = row * image.columns + column
      weighted[at] = weighted[at]! * (1 - share) + share * value
      cover[at] = cover[at]! + share - cover[at]! * share
    }
  }
}

/** Paints the union of one bone's bars at height z, with its cortex. */
export function paintBars(layer: SubSlice, bone: BarGroup, z: number, scanner: ScannerResponse) {
  if (z < bone.lowZ || z > bone.highZ) return
  const { image, cover, weighted, nearest } = layer
  const bars = bone.bars.filter(({ low, high }) => z >= low[2] && z <= high[2])
  if (bars.length === 0) return
  const union = noPixels()
  const boxes = bars.map(({ low, high }) => {
    const box = pixelsOf(layer, low[0], high[0], low[1], high[1])
    if (box.left <= box.right && box.top <= box.bottom) {
      union.left = Math.min(union.left, box.left)
      union.right = Math.max(union.right, box.right)
      union.top = Math.min(union.top, box.top)
      union.bottom = Math.max(union.bottom, box.bottom)
    }
    return box
  })
  for (let row = union.top; row <= union.bottom; row++)
    nearest.fill(1e6, row * image.columns + union.left, row * image.columns + union.right + 1)
  bars.forEach((bar, index) => {
    const box = boxes[index]!
    for (let row = box.top; row <= box.bottom; row++) {
      const y = image.firstY + row * image.pixel
      for (let column = box.left; column <= box.right; column++) {
        const at = row * image.columns + column
        const d = barDistance(bar, image.firstX + column * image.pixel, y, z)
        if (d < nearest[at]!) nearest[at] = d
      }
    }
  })
  const [corticalHu, innerHu] = [
    scanner.boneHu(bone.corticalDensity),
    scanner.trabecularHu(bone.innerDensity),
  ]
  for (let row = union.top; row <= union.bottom; row++) {
    for (let column = union.left; column <= union.right; column++) {
      const at = row * image.columns + column
      const d = nearest[at]!
      const whole = inside(d, image.pixel)
      if (whole === 0) continue
      const inner = inside(d + bone.cortex, image.pixel)
      weighted[at] = weighted[at]! * (1 - whole) + inner * innerHu + (whole - inner) * corticalHu
      cover[at] = cover[at]! + whole - cover[at]! * whole
    }
  }
}
