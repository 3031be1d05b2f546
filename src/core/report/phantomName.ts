import { PHANTOM_LIBRARY } from '../calibration/phantomLibrary.ts'

/** A phantom by its maker's name; an id that the library does not know stays as it is, none is a dash. */
export const phantomName = (id: string | null) =>
  PHANTOM_LIBRARY.find((phantom) => phantom.id === id)?.name ?? id ?? '—'
