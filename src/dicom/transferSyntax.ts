/** How the data set of a transfer syntax is written. */
export type DataSetEncoding = 'implicit-le' | 'explicit-le' | 'explicit-be'

/** What reads the pixels of a transfer syntax. */
export type PixelCodec = 'native' | 'rle' | 'jpeg-dct' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k'

/** What a transfer syntax says of a file's bytes. */
export interface TransferSyntax {
  readonly uid: string
  readonly encoding: DataSetEncoding
  /** The data set after the file meta information is one raw deflate stream. */
  readonly isDeflated: boolean
  /** Undefined for a syntax whose pixels this product does not decode (video, JPEG XL …). */
  readonly codec: PixelCodec | undefined
}

const CODECS: Readonly<Record<string, PixelCodec>> = {
  '1.2.840.10008.1.2': 'native',
  '1.2.840.10008.1.2.1': 'native',
  '1.2.840.10008.1.2.1.99': 'native',
  '1.2.840.10008.1.2.2': 'native',
  '1.2.840.10008.1.2.5': 'rle',
  '1.2.840.10008.1.2.4.50': 'jpeg-dct',
  '1.2.840.10008.1.2.4.51': 'jpeg-dct',
  '1.2.840.10008.1.2.4.53': 'jpeg-dct',
  '1.2.840.10008.1.2.4.55': 'jpeg-dct',
  '1.2.840.10008.1.2.4.57': 'jpeg-lossless',
  '1.2.840.10008.1.2.4.70': 'jpeg-lossless',
  '1.2.840.10008.1.2.4.80': 'jpeg-ls',
  '1.2.840.10008.1.2.4.81': 'jpeg-ls',
  '1.2.840.10008.1.2.4.90': 'jpeg-2000',
  '1.2.840.10008.1.2.4.91': 'jpeg-2000',
  '1.2.840.10008.1.2.4.201': 'htj2k',
  '1.2.840.10008.1.2.4.202': 'htj2k',
  '1.2.840.10008.1.2.4.203': 'htj2k',
}

/**
 * What the transfer syntax of a file means for reading it. An unknown one is read as explicit little endian, as
 * every syntax since the first is, with pixels that cannot be decoded.
 * @see DICOM PS3.5 annex A, PS3.6 annex A
 */
export function transferSyntaxOf(uid: string): TransferSyntax {
  const encoding: DataSetEncoding =
    uid === '1.2.840.10008.1.2'
      ? 'implicit-le'
      : uid === '1.2.840.10008.1.2.2'
        ? 'explicit-be'
        : 'explicit-le'
  return { uid, encoding, isDeflated: uid === '1.2.840.10008.1.2.1.99', codec: CODECS[uid] }
}
