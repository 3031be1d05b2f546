import type { DicomFileErrorDetails, DicomFileWarningDetails } from './dicomFile.ts'

/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface DicomErrorDetails extends DicomFileErrorDetails {
  NO_CT_IMAGES: { readonly files: number }
  SERIES_NOT_CT_NUMBERS: { readonly imageType: string }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface DicomWarningDetails extends DicomFileWarningDetails {
  KERNEL_SHARP: { readonly kernel: string }
  KERNEL_UNKNOWN: { readonly kernel: string }
  KERNEL_NOT_STATED: Readonly<Record<string, never>>
  VIRTUAL_MONOENERGETIC: { readonly energy: string }
  SERIES_NOT_AXIAL: Readonly<Record<string, never>>
}
