/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface CalibrationErrorDetails {
  RODS_NOT_FOUND: Readonly<Record<string, never>>
}

/** Doubts of this room and the facts each one reports. Phrases: `words/en.json`, section `warning`. */
export interface CalibrationWarningDetails {
  NO_CALIBRATION: Readonly<Record<string, never>>
}
