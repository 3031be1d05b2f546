import type { LpsVector } from '../../geometry/lps.ts'

/** A component below the sine of 10° is not worth a letter. */
const SHOWN = Math.sin((10 * Math.PI) / 180)

/**
 * The patient sides that a direction points to, strongest first, at most two: L or R, P or A, H or F.
 *
 * @see DICOM PS3.3 C.7.6.1.1.1 (Patient Orientation)
 */
export function orientationLetters(direction: LpsVector): string {
  const sides = [
    [direction[0], 'L', 'R'],
    [direction[1], 'P', 'A'],
    [direction[2], 'H', 'F'],
  ] as const
  return sides
    .filter(([component]) => Math.abs(component) > SHOWN)
    .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))
    .slice(0, 2)
    .map(([component, positive, negative]) => (component > 0 ? positive : negative))
    .join('')
}
