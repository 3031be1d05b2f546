import { describe, expect, it } from 'vitest'
import { historyOf, redone, undone, withPresent, withStep } from '../../../src/viewer/state/history.ts'

describe('the history of decisions', () => {
  const moved = withStep(withStep(historyOf(0), 'move L1', 1), 'tilt L1', 2)

  it('takes back the last step first and says which it was', () => {
    const back = undone(moved)!
    expect(back.label).toBe('tilt L1')
    expect(back.history.present).toBe(1)
    expect(undone(back.history)).toMatchObject({ label: 'move L1', history: { present: 0 } })
  })

  it('does a step that was taken back again under the same words', () => {
    const again = redone(undone(moved)!.history)!
    expect(again.label).toBe('tilt L1')
    expect(again.history).toEqual(moved)
  })

  it('has nothing before its beginning and nothing after its end', () => {
    expect(undone(historyOf(0))).toBeNull()
    expect(redone(moved)).toBeNull()
  })

  it('forgets what was taken back when something else is decided', () => {
    const other = withStep(undone(moved)!.history, 'move L2', 7)
    expect(redone(other)).toBeNull()
    expect(undone(other)).toMatchObject({ label: 'move L2', history: { present: 1 } })
  })

  it('takes what the program found without making it a step', () => {
    expect(undone(withPresent(moved, 20))).toMatchObject({ label: 'tilt L1', history: { present: 1 } })
  })
})
