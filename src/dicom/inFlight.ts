/**
 * Runs a task for 0 … count − 1 with at most `limit` of them under way.
 *
 * The first failure stops new tasks from starting; those under way are waited for, so that nothing writes into a
 * buffer its owner has already given up.
 * @throws The first failure, whatever it is.
 */
export async function inFlight(
  count: number,
  limit: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const worker = async () => {
    while (next < count && !failure) {
      const index = next++
      try {
        await task(index)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, count)) }, worker))
  if (failure) throw failure.error
}
