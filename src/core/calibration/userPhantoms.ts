import { z } from 'zod'
import { QctError, type QctWarning, qctWarning } from '../errors.ts'
import {
  invalidPhantomFile,
  PHANTOM_LIBRARY,
  phantomFromCertificate,
  phantomOfEntry,
} from './phantomLibrary.ts'
import type { PhantomModel } from './phantomModel.ts'
import {
  certificateSchema,
  type PhantomCertificate,
  type PhantomFileEntry,
  userPhantomFileSchema,
  userPhantomSchema,
} from './phantomSchema.ts'

/** What a user knows of phantoms beside the library: models of their own, and certificates of single phantoms. */
export const userPhantomsSchema = z.object({
  phantoms: z.array(userPhantomSchema),
  certificates: z.array(certificateSchema),
})

/** What a user knows of phantoms beside the library. */
export interface UserPhantoms {
  readonly phantoms: readonly PhantomFileEntry[]
  readonly certificates: readonly PhantomCertificate[]
}

/** A user who adds nothing to the library. */
export const NO_USER_PHANTOMS: UserPhantoms = { phantoms: [], certificates: [] }

/** Whether a user adds anything to the library. */
export const addsPhantoms = ({ phantoms, certificates }: UserPhantoms): boolean =>
  phantoms.length + certificates.length > 0

/**
 * Reads the JSON of a user's phantom models.
 * @throws {QctError} `PHANTOM_FILE_INVALID` naming the path of the first fault.
 */
export function parseUserPhantomFile(json: unknown): readonly PhantomFileEntry[] {
  const parsed = userPhantomFileSchema.safeParse(json)
  if (!parsed.success) throw invalidPhantomFile(parsed.error)
  return parsed.data.phantoms
}

/**
 * Reads the JSON of one phantom's certificate by its form alone; `libraryWith` compares it with its model.
 * @throws {QctError} `PHANTOM_FILE_INVALID` naming the path of the first fault.
 */
export function parseCertificate(json: unknown): PhantomCertificate {
  const parsed = certificateSchema.safeParse(json)
  if (!parsed.success) throw invalidPhantomFile(parsed.error)
  return parsed.data
}

/**
 * The built-in phantoms with a user's own after them, each with the densities of its certificate where one is given.
 *
 * A user's model never takes the place of a built-in one, or a record that names it would mean two things.
 *
 * @throws {QctError} `PHANTOM_ID_TAKEN`; `PHANTOM_FILE_INVALID`; `PHANTOM_UNKNOWN` for a certificate of no known model.
 */
export function libraryWith(
  user: UserPhantoms,
  builtIn: readonly PhantomModel[] = PHANTOM_LIBRARY,
): readonly PhantomModel[] {
  const models = [...builtIn]
  for (const entry of user.phantoms) {
    if (models.some(({ id }) => id === entry.id)) throw new QctError('PHANTOM_ID_TAKEN', { id: entry.id })
    models.push(phantomOfEntry(entry, 'user file'))
  }
  const certified = new Map<string, PhantomModel>()
  for (const certificate of user.certificates) {
    if (certified.has(certificate.phantom))
      throw new QctError('PHANTOM_FILE_INVALID', {
        path: 'phantom',
        problem: `${certificate.phantom} has two certificates`,
      })
    certified.set(certificate.phantom, phantomFromCertificate(certificate, models))
  }
  return models.map((model) => certified.get(model.id) ?? model)
}

/** What a result must say of a phantom whose densities a user gave: their source. */
export const givenPhantomNotes = ({ densitiesFrom, name, serials, citation }: PhantomModel): QctWarning[] =>
  densitiesFrom === 'library'
    ? []
    : [
        qctWarning('PHANTOM_DENSITIES_GIVEN', {
          phantom: name,
          serials: serials.length === 0 ? ['—'] : serials,
          source: citation,
        }),
      ]
