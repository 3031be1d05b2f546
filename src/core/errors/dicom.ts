/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface DicomErrorDetails {
  NO_CT_IMAGES: { readonly files: number }
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface DicomWarningDetails {
  KERNEL_SHARP: { readonly kernel: string }
}
