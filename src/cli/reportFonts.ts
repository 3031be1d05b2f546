import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ReportFonts } from '../exam/render/pdf/reportFonts.ts'

const { resolve } = createRequire(import.meta.url)
const typeface = (path: string) => new Uint8Array(readFileSync(resolve(`@expo-google-fonts/inter/${path}`)))

let fonts: ReportFonts | undefined

/** The typefaces of the PDF report, read once: Inter, SIL Open Font License 1.1. */
export function reportFonts(): ReportFonts {
  fonts ??= {
    regular: typeface('400Regular/Inter_400Regular.ttf'),
    semibold: typeface('600SemiBold/Inter_600SemiBold.ttf'),
  }
  return fonts
}
