import type { z } from 'zod'
import { QctError } from '../errors.ts'
import { mgPerCm3, mm } from '../units.ts'
import type { PhantomModel, PhantomRod } from './phantomModel.ts'
import { certificateSchema, type PhantomFileEntry, phantomLibrarySchema } from './phantomSchema.ts'
import library from './phantoms.json' with { type: 'json' }

/** Densities nearer to each other than this may stand in either order on two certificates of one model, mg/cm³. */
const ORDER_TOLERANCE = 20

/** The first fault of a phantom file or certificate, by its path. */
export function invalidPhantomFile(error: z.ZodError): QctError<'PHANTOM_FILE_INVALID'> {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map(String).join('.')
  return new QctError('PHANTOM_FILE_INVALID', {
    path: path === '' ? 'top level' : path,
    problem: issue?.message ?? 'not valid',
  })
}

const rodOf = (rod: PhantomFileEntry['rods'][number]): PhantomRod => ({
  label: rod.label,
  density: mgPerCm3(rod.densityMgPerCm3),
  ...(rod.waterDensityMgPerCm3 === undefined ? {} : { waterDensity: mgPerCm3(rod.waterDensityMgPerCm3) }),
  ...(rod.densitySdMgPerCm3 === undefined ? {} : { densitySd: mgPerCm3(rod.densitySdMgPerCm3) }),
  ...(rod.waterDensitySdMgPerCm3 === undefined
    ? {}
    : { waterDensitySd: mgPerCm3(rod.waterDensitySdMgPerCm3) }),
})

/** The phantom that an entry of a file states. */
export const phantomOfEntry = (
  entry: PhantomFileEntry,
  densitiesFrom: PhantomModel['densitiesFrom'],
): PhantomModel => ({
  id: entry.id,
  name: entry.name,
  mineral: entry.mineral,
  equation: entry.equation,
  rods: entry.rods.map(rodOf),
  geometry: {
    diameter: [mm(entry.geometry.rodDiameterMm[0]), mm(entry.geometry.rodDiameterMm[1])],
    spacing: [mm(entry.geometry.rodSpacingMm[0]), mm(entry.geometry.rodSpacingMm[1])],
  },
  densitiesFrom,
  serials: entry.serials,
  citation: entry.source.citation,
})

/**
 * Reads the JSON of a phantom library.
 * @throws {QctError} `PHANTOM_FILE_INVALID` naming the path of the first fault.
 */
export function parsePhantomLibrary(json: unknown): readonly PhantomModel[] {
  const parsed = phantomLibrarySchema.safeParse(json)
  if (!parsed.success) throw invalidPhantomFile(parsed.error)
  return parsed.data.phantoms.map((entry) => phantomOfEntry(entry, 'library'))
}

/** The phantoms the program knows. Densities are those of the serials named with them. */
export const PHANTOM_LIBRARY: readonly PhantomModel[] = parsePhantomLibrary(library)

/**
 * The phantom model of an id.
 * @throws {QctError} `PHANTOM_UNKNOWN` with the ids that are known.
 */
export function phantomById(id: string, phantoms: readonly PhantomModel[] = PHANTOM_LIBRARY): PhantomModel {
  const phantom = phantoms.find((known) => known.id === id)
  if (phantom === undefined) {
    throw new QctError('PHANTOM_UNKNOWN', { id, known: phantoms.map((known) => known.id) })
  }
  return phantom
}

/** Label of the first rod whose density stands in another order than the model's, or undefined. */
function rodOutOfOrder(model: PhantomModel, rods: readonly PhantomRod[]): string | undefined {
  for (const [a, first] of rods.entries()) {
    for (const [b, second] of rods.entries()) {
      const expected = model.rods[a]!.density - model.rods[b]!.density
      const found = first.density - second.density
      if (expected > ORDER_TOLERANCE && found < -ORDER_TOLERANCE) return second.label
    }
  }
  return undefined
}

/**
 * A phantom of the library with the densities, and where stated the rod sizes, of one phantom's own certificate.
 *
 * Values typed into each other's place are the likeliest fault of a certificate, so the order of the densities
 * must be the model's.
 *
 * @param json - The certificate's JSON, not yet checked.
 * @throws {QctError} `PHANTOM_FILE_INVALID` naming the path of the first fault; `PHANTOM_UNKNOWN`
 */
export function phantomFromCertificate(
  json: unknown,
  phantoms: readonly PhantomModel[] = PHANTOM_LIBRARY,
): PhantomModel {
  const parsed = certificateSchema.safeParse(json)
  if (!parsed.success) throw invalidPhantomFile(parsed.error)
  const certificate = parsed.data
  const model = phantomById(certificate.phantom, phantoms)
  const fail = (path: string, problem: string) => new QctError('PHANTOM_FILE_INVALID', { path, problem })

  const expected = model.rods.map((rod) => rod.label)
  if (certificate.rods.map((rod) => rod.label).join() !== expected.join()) {
    throw fail('rods', `rods ${expected.join(', ')} are needed, in this order`)
  }
  const rods = certificate.rods.map(rodOf)
  if (model.equation === 'water-term' && rods.some((rod) => rod.waterDensity === undefined)) {
    throw fail('rods', 'waterDensityMgPerCm3 is needed for every rod of this phantom')
  }
  const swapped = rodOutOfOrder(model, rods)
  if (swapped !== undefined) {
    throw fail(
      `rods.${swapped}`,
      "the densities stand in another order than the model's: two values may be swapped",
    )
  }
  const { rodPositionsMm: positions, rodSpacingMm: spacing, rodDiameterMm: diameter } = certificate
  if (positions !== undefined && spacing !== undefined) {
    throw fail('rodSpacingMm', 'give rodSpacingMm or rodPositionsMm, not both')
  }
  if (positions !== undefined) {
    const gaps = positions.slice(1).map((position, at) => position - positions[at]!)
    if (positions.length !== rods.length || !gaps.every((gap) => gap >= 5)) {
      throw fail('rodPositionsMm', 'one rising position per rod is needed, at least 5 mm apart')
    }
  }
  const gaps = positions?.slice(1).map((position, at) => position - positions[at]!)
  return {
    ...model,
    rods,
    geometry: {
      diameter: diameter === undefined ? model.geometry.diameter : [mm(diameter), mm(diameter)],
      spacing:
        gaps !== undefined
          ? [mm(Math.min(...gaps)), mm(Math.max(...gaps))]
          : spacing === undefined
            ? model.geometry.spacing
            : [mm(spacing), mm(spacing)],
      ...(positions === undefined ? {} : { positions: positions.map(mm) }),
    },
    densitiesFrom: 'certificate',
    serials: [certificate.serial],
    citation: certificate.source,
  }
}
