/** Failures of this room and the facts each one reports. Phrases: `words/en.json`, section `error`. */
export interface ViewerErrorDetails {
  WORKER_LOST: Readonly<Record<string, never>>
  SERVER_UNREACHABLE: Readonly<Record<string, never>>
  API_ANSWER_INVALID: { readonly path: string; readonly problem: string }
}
