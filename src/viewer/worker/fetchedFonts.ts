import regular from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url'
import semibold from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url'
import type { ReportFonts } from '../../exam/render/pdf/reportFonts.ts'

let fonts: Promise<ReportFonts> | undefined

const bytesOf = async (address: string): Promise<Uint8Array> => {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`typeface: HTTP ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The typefaces of the PDF report, fetched from where the build put them when the first PDF is made. */
export function fetchedFonts(): Promise<ReportFonts> {
  fonts ??= Promise.all([bytesOf(regular), bytesOf(semibold)]).then(
    ([regularBytes, semiboldBytes]) => ({ regular: regularBytes, semibold: semiboldBytes }),
    (cause) => {
      fonts = undefined // the next PDF asks again
      throw cause
    },
  )
  return fonts
}
