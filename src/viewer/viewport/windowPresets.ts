import type { GreyWindow } from './viewportProps.ts'

/** A named grey window on a key. */
export interface WindowPreset {
  readonly name: 'bone' | 'softTissue' | 'fat' | 'lung' | 'phantom'
  /** The `KeyboardEvent.key` that chooses it. */
  readonly key: string
  readonly window: GreyWindow
}

/** Grey windows on the number keys, in HU: habits of looking, not limits of any kind. No number depends on them. */
export const WINDOW_PRESETS: readonly WindowPreset[] = [
  { name: 'bone', key: '1', window: { center: 400, width: 1800 } },
  { name: 'softTissue', key: '2', window: { center: 40, width: 400 } },
  { name: 'fat', key: '3', window: { center: -60, width: 300 } },
  { name: 'lung', key: '4', window: { center: -600, width: 1500 } },
  { name: 'phantom', key: '5', window: { center: 100, width: 500 } },
]

/** The window of the preset on this key, if there is one. */
export const windowOfKey = (key: string): GreyWindow | undefined =>
  WINDOW_PRESETS.find((preset) => preset.key === key)?.window
