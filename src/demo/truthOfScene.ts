import { lpsVector } from '../core/geometry/lps.ts'
import { angleBetween } from '../core/geometry/vector.ts'
import { VERTEBRAL_LEVELS } from '../core/units.ts'
import { fromVertebra } from './boneBar.ts'
import { examDose } from './examDose.ts'
import type { ExamScene } from './examScene.ts'
import type { ExamTruth } from './examTruth.ts'
import { PHANTOM_MODELS } from './phantomModels.ts'
import { rodAt } from './phantomPlacement.ts'
import { meanDensity, protocolVoi } from './protocolVoi.ts'
import type { PlacedVertebra, Vec3 } from './spineColumn.ts'
import type { PaintedBody } from './subSlice.ts'
import { tissueTruth } from './tissueTruth.ts'

/** Centroid of a body in its own coordinates. It is its own mirror image in u. */
function bodyCentroid({ shape }: PaintedBody): Vec3 {
  let [n, sumV, sumW] = [0, 0, 0]
  for (let u = 0.5; u < shape.halfWidth + 1; u++) {
    for (let v = -shape.halfDepth; v <= shape.halfDepth; v += 0.5) {
      const [low, high] = [shape.lowerPlate(u, v), shape.upperPlate(u, v)]
      for (let w = low + 0.25; w < high; w += 0.5) {
        if (shape.sideDistance(u, v, w) > 0) continue
        n++
        sumV += v
        sumW += w
      }
    }
  }
  return [0, sumV / n, sumW / n]
}

/** Whether the whole body lies between the outermost slice middles and inside the reconstructed field. */
function isScanned({ parameters }: ExamScene, { vertebra, shape }: PaintedBody): boolean {
  const { acquisition: a } = parameters
  const [hx, hy, hz] = [
    ((a.columns - 1) / 2) * a.pixelSpacingMm,
    ((a.rows - 1) / 2) * a.pixelSpacingMm,
    ((a.sliceCount - 1) / 2) * a.sliceSpacingMm,
  ]
  for (const u of [-1, 1])
    for (const v of [-1, 1])
      for (const w of [-1, 1]) {
        const [x, y, z] = fromVertebra(
          vertebra,
          u * shape.halfWidth,
          v * shape.halfDepth,
          w * (shape.halfHeight + 1.2),
        )
        if (Math.abs(z - a.scanCenterZMm) > hz) return false
        if (Math.abs(x - a.fieldCenterXMm) > hx || Math.abs(y - a.fieldCenterYMm) > hy) return false
      }
  return true
}

/** Turns a direction of a vertebra's own coordinates into one of the world. */
function turn({ left, anterior, cranial }: PlacedVertebra, [u, v, w]: Vec3): Vec3 {
  return [
    left[0] * u + anterior[0] * v + cranial[0] * w,
    left[1] * u + anterior[1] * v + cranial[1] * w,
    left[2] * u + anterior[2] * v + cranial[2] * w,
  ]
}

/** Works out what a perfect reader would find in the scene. */
export function truthOfScene(scene: ExamScene): ExamTruth {
  const { parameters, scanner, phantom } = scene
  const { acquisition } = parameters
  const lps = ([x, y, z]: Vec3): [number, number, number] => [x, y, z + acquisition.tablePositionZMm]
  const free = ([x, y, z]: Vec3): [number, number, number] => [x, y, z]
  const step = Math.min(0.25, acquisition.pixelSpacingMm / 4, acquisition.sliceThicknessMm / 4)

  const levels: ExamTruth['levels'] = []
  for (const level of VERTEBRAL_LEVELS) {
    const body = scene.bodies.find(({ vertebra }) => vertebra.name === level)
    if (body === undefined || !isScanned(scene, body)) continue
    const { vertebra, shape } = body
    const voi = protocolVoi(shape)
    const cranial = turn(vertebra, voi.cranial)
    const vbmd = meanDensity(shape, voi, step)
    levels.push({
      level,
      seedLps: lps(fromVertebra(vertebra, ...bodyCentroid(body))),
      voi: {
        centerLps: lps(fromVertebra(vertebra, ...voi.center)),
        normalLps: free(cranial),
        lateralLps: free(turn(vertebra, voi.left)),
        radiiMm: [voi.lateralRadius, voi.sagittalRadius],
        heightMm: voi.height,
      },
      tiltDeg: angleBetween(lpsVector(...cranial), lpsVector(0, 0, 1)),
      vbmdMgPerCm3: vbmd,
      meanHu: scanner.trabecularHu(vbmd),
    })
  }
  const dose = examDose(parameters)
  const tissue = tissueTruth(scene, levels)
  const id = parameters.phantom?.id
  const mineral = id === undefined ? 'K2HPO4' : PHANTOM_MODELS[id].mineral
  return {
    schemaVersion: 1,
    mineral,
    phantom:
      phantom === undefined || id === undefined
        ? null
        : {
            id,
            mineral,
            slopeMgPerCm3PerHu: scanner.slopeMgPerCm3PerHu,
            interceptMgPerCm3: scanner.interceptMgPerCm3,
            rods: phantom.rods.map((rod) => ({
              label: rod.material.label,
              centerLps: lps(rodAt(rod, acquisition.scanCenterZMm)),
              axisLps: free(rod.axis),
              radiusMm: rod.radius,
              densityMgPerCm3: rod.material.densityMgPerCm3,
              meanHu: scanner.rodHu(rod.material),
            })),
          },
    levels,
    dose: dose === null ? null : [...dose],
    ...(tissue === undefined ? {} : { tissue }),
  }
}
