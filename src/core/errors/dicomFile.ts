type Nothing = Readonly<Record<string, never>>

/** Failures of reading one file or archive, and the facts each one reports. Part of `DicomErrorDetails`. */
export interface DicomFileErrorDetails {
  PATH_NOT_FOUND: { readonly path: string }
  FILE_UNREADABLE: { readonly reason: string }
  FILE_EMPTY: Nothing
  FILE_NOT_DICOM: Nothing
  FILE_DAMAGED: { readonly found: string }
  HEADER_VALUE_INVALID: { readonly attribute: string; readonly found: string }
  RESCALE_MISSING: Nothing
  TRANSFER_SYNTAX_UNSUPPORTED: { readonly uid: string }
  PIXELS_MISSING: Nothing
  PIXELS_SHORT: { readonly found: number; readonly required: number }
  PIXELS_UNSUPPORTED: {
    readonly samplesPerPixel: number
    readonly bitsAllocated: number
    readonly bitsStored: number
  }
  FRAME_TOO_LARGE: { readonly columns: number; readonly rows: number; readonly limit: number }
  FRAMES_INCONSISTENT: { readonly announced: number; readonly found: number }
  FRAME_SIZE_MISMATCH: { readonly found: string; readonly required: string }
  FRAME_UNDECODABLE: { readonly codec: string }
  INFLATE_TOO_LARGE: { readonly limitMib: number }
  ZIP_DAMAGED: Nothing
  ZIP_BOMB: { readonly claimedMib: number; readonly packedMib: number }
  ZIP_TOO_MANY_FILES: { readonly found: number; readonly limit: number }
  ZIP_ENCRYPTED: Nothing
  ZIP_METHOD_UNSUPPORTED: { readonly method: number }
  ZIP_NESTED_TOO_DEEP: Nothing
  ZIP_ENTRY_DAMAGED: Nothing
  NIFTI_DAMAGED: { readonly found: string }
  NIFTI_UNSUPPORTED: { readonly found: string }
  NIFTI_ORIENTATION_MISSING: Nothing
  NIFTI_AXES_SKEWED: { readonly degrees: number }
  NIFTI_TOO_LARGE: { readonly claimedMib: number; readonly limitMib: number }
}

/** Doubts of reading one file. Part of `DicomWarningDetails`. */
export interface DicomFileWarningDetails {
  NIFTI_FORMS_DIFFER: Nothing
  NIFTI_NOT_FINITE: { readonly voxels: number }
}
