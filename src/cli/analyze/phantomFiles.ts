import { phantomById } from '../../core/calibration/phantomLibrary.ts'
import {
  libraryWith,
  parseCertificate,
  parseUserPhantomFile,
  type UserPhantoms,
} from '../../core/calibration/userPhantoms.ts'
import { readJsonFile } from '../jsonFile.ts'

/** The options of `analyze` that say which phantoms there are. */
export interface PhantomOptions {
  readonly phantom?: string
  /** Files of phantom models. */
  readonly phantomFile?: readonly string[]
  /** File of one phantom's certificate. */
  readonly certificate?: string
}

/**
 * What the options add to the phantom library, read and checked against it, with the phantom they name.
 *
 * @throws {QctError} `INPUT_NOT_READABLE`, `JSON_INVALID`, `PHANTOM_FILE_INVALID`, `PHANTOM_ID_TAKEN`, `PHANTOM_UNKNOWN`.
 */
export function userPhantomsOf({ phantom, phantomFile = [], certificate }: PhantomOptions): UserPhantoms {
  const user: UserPhantoms = {
    phantoms: phantomFile.flatMap((path) => parseUserPhantomFile(readJsonFile(path, 'phantom'))),
    certificates:
      certificate === undefined ? [] : [parseCertificate(readJsonFile(certificate, 'certificate'))],
  }
  const library = libraryWith(user)
  if (phantom !== undefined) phantomById(phantom, library)
  return user
}
