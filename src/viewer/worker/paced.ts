/** Messages to the page at most this often, in ms: a screen shows no more, and each costs the page a task. */
const PACE_MS = 100

/** Says whether it is time for the next message; an urgent one is always in time. */
export function paced(): (isUrgent: boolean) => boolean {
  let last = Number.NEGATIVE_INFINITY
  return (isUrgent) => {
    const now = performance.now()
    if (!isUrgent && now - last < PACE_MS) return false
    last = now
    return true
  }
}
