/** The typefaces of the PDF report as TrueType files. Faces bring them: a browser fetches, Node reads. */
export interface ReportFonts {
  readonly regular: Uint8Array
  readonly semibold: Uint8Array
}
