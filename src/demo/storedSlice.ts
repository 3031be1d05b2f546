/** Stored value = HU + 1024, as most scanners write it. */
export const STORED_OFFSET = 1024
/** Largest value of 12 bits. */
const STORED_MAX = 4095

/** Rounds a slice of HU into stored values of 12 bits, from position `from` of `voxels` on. */
export function storeSlice(slice: Float32Array, voxels: Int16Array | Uint16Array, from: number): void {
  for (let at = 0; at < slice.length; at++) {
    // the half makes the cut towards zero a rounding; Math.round costs a second per exam
    const stored = slice[at]! + STORED_OFFSET + 0.5
    voxels[from + at] = stored < 0 ? 0 : stored > STORED_MAX ? STORED_MAX : stored | 0
  }
}
