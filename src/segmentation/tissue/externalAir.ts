import type { TrunkGrid } from './trunkGrid.ts'

/** Darker than this is air, foam or gas, brighter is skin, fat or plastic: half-way between air and water. */
const AIR_BELOW_HU = -500
/** Air that meets the border of the field along less than this, in mm, may be gas in a gut that the field cuts. */
const LEAST_OPENING_MM = 100

/**
 * Marks the air round the patient: what is dark and reaches the border of the field, slice by slice. Gas in the
 * patient does not reach it; where a small field cuts a gut, the opening is narrow.
 *
 * @returns One byte per node, 1 for air outside the patient.
 */
export function externalAir({ size, step, hu }: TrunkGrid): Uint8Array {
  const [ni, nj, nk] = size
  const external = new Uint8Array(hu.length)
  const plane = ni * nj
  const neighbours = [1, -1, ni, -ni]
  for (let k = 0; k < nk; k++) {
    const first = k * plane
    const seen = new Uint8Array(plane)
    for (let start = 0; start < plane; start++) {
      if (seen[start] === 1 || !(hu[first + start]! < AIR_BELOW_HU)) continue
      const part = [start]
      seen[start] = 1
      let opening = 0
      for (let next = 0; next < part.length; next++) {
        const at = part[next]!
        const i = at % ni
        let isOpen = false
        for (const to of neighbours) {
          const other = at + to
          const isBeyond = other < 0 || other >= plane || (to === 1 && i === ni - 1) || (to === -1 && i === 0)
          if (isBeyond || Number.isNaN(hu[first + other]!)) {
            isOpen = true
          } else if (seen[other] === 0 && hu[first + other]! < AIR_BELOW_HU) {
            seen[other] = 1
            part.push(other)
          }
        }
        if (isOpen) opening += step
      }
      if (opening >= LEAST_OPENING_MM) for (const at of part) external[first + at] = 1
    }
  }
  return external
}
