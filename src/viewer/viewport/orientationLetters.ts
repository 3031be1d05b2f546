import type { LpsVector } from '../../core/geometry/lps.ts'

/** Letters of the directions along +x, +y, +z and against them. @see DICOM PS3.3 C.7.6.1.1.1 */
const LETTERS = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const

/** A component below this (cosine, about 18°) is not worth a letter. */
const LEAST_COMPONENT = 0.31

/** The letters of a direction of the patient, the largest component first: `L`, `AH`. */
export function orientationLetters(direction: LpsVector): string {
  return [0, 1, 2]
    .map((axis) => ({
      size: Math.abs(direction[axis]!),
      letter: LETTERS[axis]![direction[axis]! > 0 ? 0 : 1],
    }))
    .filter(({ size }) => size >= LEAST_COMPONENT)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('')
}
