import type { VertebralLevel } from '../../core/units.ts'
import type { Picking, Task, ViewerState } from './viewerState.ts'
import { viewerStore } from './viewerStore.ts'

const { getState, setState } = viewerStore

/** Goes to a step of the exam; a pick that belonged to the step before ends. */
export const goTo = (task: Task): void => setState({ task, picking: null, maximised: null })

/** Shows a level: its plane in the largest picture, the crosshair in its VOI. */
export function selectLevel(level: VertebralLevel | null): void {
  const voi = getState().decisions.present.rois.find((roi) => roi.level === level)?.voi
  setState({
    selectedLevel: level,
    obliqueOffsetMm: 0,
    ...(voi === null || voi === undefined ? {} : { crosshair: voi.centerLps }),
  })
}

/** The next level along the column, or the one before; the last is followed by the first. */
export function stepLevel(by: 1 | -1): void {
  const { selectedLevel, decisions } = getState()
  const { levels } = decisions.present
  if (levels.length === 0) return
  const at = selectedLevel === null ? -1 : levels.indexOf(selectedLevel)
  selectLevel(levels[(at + by + levels.length) % levels.length] ?? null)
}

/** Goes to the next level with a doubt or a refusal after the selected one; false when there is none. */
export function nextDoubt(): boolean {
  const { record, selectedLevel } = getState()
  const levels = record?.results.spine.levels ?? []
  const doubtful = levels.filter(({ warnings, refusal }) => warnings.length > 0 || refusal !== null)
  if (doubtful.length === 0) return false
  const at = doubtful.findIndex(({ level }) => level === selectedLevel)
  goTo('spine')
  selectLevel(doubtful[(at + 1) % doubtful.length]?.level ?? null)
  return true
}

/** Waits for a click in a picture, or stops waiting. */
export const pick = (picking: Picking | null): void => setState({ picking })

/** Puts the crosshair somewhere, LPS mm. */
export const lookAt = (crosshair: readonly [number, number, number]): void => setState({ crosshair })

/** Changes how pictures look. No number depends on it. */
export const look = (
  how: Partial<Pick<ViewerState, 'window' | 'slabMm' | 'obliqueOffsetMm' | 'maximised'>>,
): void => setState(how)

/** Hides the patient's identity on screen, or shows it again. Exports are not changed by it. */
export const toggleIdentity = (): void =>
  setState(({ isIdentityHidden }) => ({ isIdentityHidden: !isIdentityHidden }))

/** Dark for the reading room, light for bright rooms and print preview. */
export function toggleTheme(): void {
  const theme = getState().theme === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset.theme = theme
  setState({ theme })
}

/** Opens or closes the list of keys. */
export const toggleKeyList = (): void => setState(({ isKeyListOpen }) => ({ isKeyListOpen: !isKeyListOpen }))

/** Scrolls the plane of the selected level along its normal, in mm. */
export const scrollOblique = (byMm: number): void =>
  setState(({ obliqueOffsetMm }) => ({ obliqueOffsetMm: obliqueOffsetMm + byMm }))
