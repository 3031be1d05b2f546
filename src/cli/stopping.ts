let own: (() => void) | undefined

/** Lets a command that runs until it is stopped end in its own way at Ctrl-C. The second Ctrl-C ends it at once. */
export function onStop(end: () => void): void {
  own = end
}

/** Begins the command's own end, if it has one. */
export function stopsItself(): boolean {
  own?.()
  return own !== undefined
}
