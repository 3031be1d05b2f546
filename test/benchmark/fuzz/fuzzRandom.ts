/** Numbers that look random and are the same for the same seed (mulberry32). */
export class FuzzRandom {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** The next 32 bits. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    return limit <= 0 ? 0 : this.bits() % limit
  }
  /** One of the things. */
  pick<T>(things: readonly T[]): T {
    return things[this.below(things.length)] as T
  }
}
