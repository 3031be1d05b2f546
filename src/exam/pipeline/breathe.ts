/** Lets the caller's event loop turn: progress is drawn, a stop is heard. */
export const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
