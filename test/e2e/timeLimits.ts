/**
 * Whether times are held to what the product promises. A machine that shares two cores between browser, server, worker and
 * software graphics does not keep to them run after run: there, times only guard against becoming far slower.
 */
const isStrict = process.env.QCT_TIMING === 'strict'

/** A time the product promises, or several times that where times are not held strictly. */
export const within = (promised: number, otherwise: number): number => (isStrict ? promised : otherwise)
