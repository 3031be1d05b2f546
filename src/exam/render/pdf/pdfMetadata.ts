import { escaped } from '../escaped.ts'

/** The part of the document that writes its metadata; pdfkit's types do not tell of it. */
interface Metadata {
  info: Readonly<Record<string, unknown>>
  _addInfo: () => void
}

/**
 * Has a document write names into its XML metadata escaped. pdfkit sets them in as they are, so that a patient called
 * `A&B` makes metadata that no reader can parse. The file's other statement of itself needs no escaping and keeps its words.
 * @see ISO 19005-2, 6.6.2.1
 */
export function escapeMetadata(doc: PDFKit.PDFDocument): void {
  const metadata = doc as unknown as Metadata
  const addInfo = metadata._addInfo.bind(doc)
  metadata._addInfo = () => {
    const { info } = metadata
    metadata.info = Object.fromEntries(
      Object.entries(info).map(([name, value]) => [name, typeof value === 'string' ? escaped(value) : value]),
    )
    addInfo()
    metadata.info = info
  }
}
