/**
 * Runs a reader once cold and then warm, and prints seconds and the peak memory of this process as JSON.
 * Words on the command line: the folder and the number of warm runs; with 0 the cold run counts.
 */
export async function report(read: (folder: string) => Promise<number>): Promise<void> {
  const [, , folder = '', warm = '0'] = process.argv
  const seconds: number[] = []
  for (let run = 0; run <= Number(warm); run++) {
    const start = performance.now()
    const voxels = await read(folder)
    if (voxels === 0) throw new Error('nothing was read')
    seconds.push((performance.now() - start) / 1000)
  }
  const counted = seconds.length > 1 ? seconds.slice(1) : seconds
  console.log(JSON.stringify({ seconds: counted, peakMib: process.resourceUsage().maxRSS / 1024 }))
}
