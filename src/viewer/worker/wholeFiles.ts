import { KeptBlob } from '../../dicom/keptBlob.ts'
import type { NamedBlob } from '../../dicom/namedBlob.ts'

const MIB = 2 ** 20
/** A thin-slice exam of the trunk; files beyond it are read a second time. Slices give it back as they are stored. */
const MOST_KEPT = 192 * MIB
/** No single slice is larger; enhanced files hold a whole series and are read frame by frame. */
const LARGEST_KEPT = 4 * MIB
/** Reads that wait for the browser at the same time; 16 gained nothing. */
const LANES = 8

/**
 * The small files of one drop read whole, beginning before the drop is complete. What was read stays in memory until
 * its frames are stored, or all is released.
 */
export class WholeFiles {
  readonly #lanes: Promise<unknown>[] = Array.from({ length: LANES }, () => Promise.resolve())
  readonly #begun = new Map<string, Promise<Blob>>()
  readonly #kept = new Set<KeptBlob>()
  #left = MOST_KEPT
  #isReleased = false

  /** Begins to read files, in their order. Files that were begun before are left as they are. */
  begin(files: readonly NamedBlob[]): void {
    for (const { path, blob, error } of files) {
      if (error !== undefined || this.#begun.has(path)) continue
      if (blob.size === 0 || blob.size > LARGEST_KEPT || blob.size > this.#left) continue
      this.#left -= blob.size
      const lane = this.#begun.size % LANES
      const whole = this.#lanes[lane]!.then(() => this.#whole(blob))
      this.#lanes[lane] = whole
      this.#begun.set(path, whole)
    }
  }

  /** The files with those bytes at hand that could be kept. */
  async of(files: readonly NamedBlob[]): Promise<NamedBlob[]> {
    this.begin(files)
    return Promise.all(
      files.map(async (file) => ({ ...file, blob: (await this.#begun.get(file.path)) ?? file.blob })),
    )
  }

  /** Lets all memory go; what has not been read yet is not kept any more. */
  release(): void {
    this.#isReleased = true
    for (const blob of this.#kept) blob.release()
    this.#kept.clear()
  }

  /** The file as it is when it cannot be read: whoever reads it next says why. */
  async #whole(blob: Blob): Promise<Blob> {
    if (this.#isReleased) return blob
    try {
      // A copy in memory of our own: what the browser hands over stays until a collection, and that comes late where
      // it was kept for long. Given up at once it is collected young; ours can be given back by hand.
      const kept = new KeptBlob(blob, new Uint8Array(await blob.arrayBuffer()).slice())
      if (this.#isReleased) return blob
      this.#kept.add(kept)
      return kept
    } catch {
      return blob
    }
  }
}
