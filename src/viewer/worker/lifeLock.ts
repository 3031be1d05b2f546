/**
 * Takes a lock and keeps it until this thread ends. No event tells a page that its worker died; that the lock is free
 * again does.
 *
 * @returns When the lock is held.
 * @see W3C Web Locks API, "termination of an agent releases its locks"
 */
export function holdLock(name: string): Promise<void> {
  return new Promise((held, failed) => {
    navigator.locks
      .request(name, () => {
        held()
        return new Promise(() => undefined)
      })
      .catch(failed)
  })
}

/** Resolves when whoever holds the lock has died, or rejects when the waiting is given up. */
export function lockIsFree(name: string, givenUp: AbortSignal): Promise<void> {
  return navigator.locks.request(name, { signal: givenUp }, () => undefined)
}
