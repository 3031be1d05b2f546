import { QctError } from '../../core/errors.ts'
import type { PixelLayout } from '../pixelLayout.ts'
import type { CodestreamFacts } from './imageSize.ts'

/**
 * Refuses an image whose negative values cannot be told from large ones: the data set says signed with more bits than
 * the compressed image has, and a pixel uses the highest bit that is there.
 *
 * @throws {QctError} `FRAME_SIZE_MISMATCH`.
 * @see DICOM PS3.5 8.2: the compressed image has BitsStored bits
 */
export function refuseLostSign(
  words: Uint16Array | Uint8Array,
  { precision, isSigned }: CodestreamFacts,
  layout: PixelLayout,
): void {
  if (isSigned || layout.pixelRepresentation === 'unsigned' || precision >= layout.bitsStored) return
  const highest = 1 << (precision - 1)
  for (let n = 0; n < words.length; n++)
    if (((words[n] as number) & highest) !== 0)
      throw new QctError('FRAME_SIZE_MISMATCH', {
        found: `${precision} bits`,
        required: `${layout.bitsStored} signed bits`,
      })
}
