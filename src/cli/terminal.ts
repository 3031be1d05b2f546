/** Where the program speaks to a person: progress and complaints on stderr, results on stdout. */
export interface Terminal {
  /** One line of a result. */
  readonly print: (line: string) => void
  /** One line of complaint or advice. */
  readonly complain: (line: string) => void
  /** What is being done now and how far it is, 0 to 1 where that is known. */
  readonly progress: (step: string, fraction?: number) => void
  /** Ends the progress line, if one is open. */
  readonly rest: () => void
}

/** A progress line is redrawn at most this often, in ms. */
const REDRAW_EVERY_MS = 100

/**
 * The terminal of this process.
 *
 * On a terminal the progress is one line that is redrawn; in a log file each step is one line. Quiet shows none.
 */
export function processTerminal(quiet: boolean): Terminal {
  const { stderr, stdout } = process
  let drawn = ''
  let step = ''
  let drawnAt = 0
  const rest = () => {
    if (drawn !== '') stderr.write('\r\u001b[K')
    drawn = ''
  }
  const progress = (name: string, fraction?: number) => {
    if (quiet) return
    if (!stderr.isTTY) {
      if (name !== step) stderr.write(`${name}\n`)
      step = name
      return
    }
    const now = performance.now()
    if (name === step && now - drawnAt < REDRAW_EVERY_MS && fraction !== 1) return
    step = name
    drawnAt = now
    const share = fraction === undefined ? '' : ` ${String(Math.round(fraction * 100)).padStart(3)} %`
    const line = `${name}${share}`.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))
    if (line !== drawn) stderr.write(`\r\u001b[K${line}`)
    drawn = line
  }
  return {
    print: (line) => {
      rest()
      stdout.write(`${line}\n`)
    },
    complain: (line) => {
      rest()
      stderr.write(`${line}\n`)
    },
    progress,
    rest,
  }
}
