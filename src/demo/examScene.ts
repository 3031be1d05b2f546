import type { ExamParameters } from './examParameterSchema.ts'
import { PHANTOM_MODELS } from './phantomModels.ts'
import { type PlacedPhantom, placePhantom } from './phantomPlacement.ts'
import { type ScannerResponse, scannerResponse } from './scannerResponse.ts'
import { type BarGroup, skeletonBars } from './skeletonBars.ts'
import { type SoftTissues, softTissues } from './softTissues.ts'
import { type PlacedVertebra, placeColumn, type Vec3 } from './spineColumn.ts'
import type { PaintedBody, PaintedDisc } from './subSlice.ts'
import { trabecularTexture } from './trabecularTexture.ts'
import { vertebralBodyShape } from './vertebralBodyShape.ts'
import { type Viscus, viscera } from './viscera.ts'

/** The continuous exam: every shape and density, before any pixel exists. Rendering and truth both read this. */
export interface ExamScene {
  readonly parameters: ExamParameters
  readonly scanner: ScannerResponse
  readonly tissues: SoftTissues
  readonly column: readonly PlacedVertebra[]
  readonly bodies: readonly PaintedBody[]
  readonly discs: readonly PaintedDisc[]
  readonly bones: readonly BarGroup[]
  readonly viscera: readonly Viscus[]
  readonly phantom: PlacedPhantom | undefined
}

/** The pillow between two vertebrae, in a frame half-way between theirs. */
function discBetween(upper: PlacedVertebra, lower: PlacedVertebra): PaintedDisc {
  const half = (p: Vec3, q: Vec3, f: number, g: number): Vec3 => [
    p[0] * f + q[0] * g,
    p[1] * f + q[1] * g,
    p[2] * f + q[2] * g,
  ]
  const unit = (p: Vec3): Vec3 => {
    const size = Math.hypot(p[0], p[1], p[2])
    return [p[0] / size, p[1] / size, p[2] / size]
  }
  const bottom = half(upper.center, upper.cranial, 1, -upper.size.height / 2)
  const top = half(lower.center, lower.cranial, 1, lower.size.height / 2)
  const { size } = lower
  return {
    frame: {
      name: lower.name,
      center: half(bottom, top, 0.5, 0.5),
      left: unit(half(upper.left, lower.left, 0.5, 0.5)),
      anterior: unit(half(upper.anterior, lower.anterior, 0.5, 0.5)),
      cranial: unit(half(upper.cranial, lower.cranial, 0.5, 0.5)),
      size: {
        ...size,
        halfWidth: (upper.size.halfWidth + size.halfWidth) / 2 + 0.6,
        halfDepth: (upper.size.halfDepth + size.halfDepth) / 2 + 0.6,
      },
    },
    halfHeight: size.discAbove / 2,
  }
}

/** Builds the continuous exam of a set of parameters. */
export function examScene(parameters: ExamParameters): ExamScene {
  const mineral = parameters.phantom === null ? 'K2HPO4' : PHANTOM_MODELS[parameters.phantom.id].mineral
  const tissues = softTissues(parameters)
  // a phantom that lies alone has nobody above it
  const column = parameters.phantomAlone ? [] : placeColumn(parameters)
  return {
    parameters,
    scanner: scannerResponse(parameters, mineral),
    tissues,
    column,
    bodies: column.map((vertebra) => ({
      vertebra,
      shape: vertebralBodyShape(
        parameters,
        vertebra,
        trabecularTexture(`${parameters.seed}/texture/${vertebra.name}`),
      ),
    })),
    discs: column.slice(1).map((lower, index) => discBetween(column[index]!, lower)),
    bones: parameters.phantomAlone ? [] : skeletonBars(parameters, column),
    viscera: parameters.phantomAlone ? [] : viscera(parameters, tissues),
    phantom: placePhantom(parameters),
  }
}
