import dicomParser from 'dicom-parser'
import { describe, expect, it } from 'vitest'
import { ExamParameters } from '../../src/demo/examParameters.ts'
import { ExamTruth } from '../../src/demo/examTruth.ts'
import { renderExam } from '../../src/demo/renderExam.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { smallExam } from './smallExam.ts'

const parameters = smallExam(
  { columns: 64, rows: 48, pixelSpacingMm: 3, sliceCount: 5, sliceThicknessMm: 5, sliceSpacingMm: 4 },
  { image: { noiseSdHu: 12, blurSigmaMm: 0.6 } },
)
const written = async () => {
  const files = new Map<string, Uint8Array>()
  const truth = await writeExam(parameters, async (path, bytes) => {
    files.set(path, bytes)
  })
  return { files, truth }
}
const text = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as unknown

describe('writeExam', () => {
  it('writes a localizer, two series, a dose report, the parameters and the truth', async () => {
    const { files, truth } = await written()
    const dicom = [...files.keys()].filter((path) => path.startsWith('dicom/'))
    expect(dicom.length).toBe(1 + 5 + 5 + 1)
    expect([...files.keys()].filter((path) => !path.startsWith('dicom/'))).toEqual([
      'params.json',
      'truth.json',
    ])
    expect(ExamParameters.parse(text(files.get('params.json')!))).toEqual(parameters)
    expect(ExamTruth.parse(text(files.get('truth.json')!))).toEqual(truth)
  })

  it('writes the voxels and the place of the rendered volume', async () => {
    const { files } = await written()
    const { volume } = renderExam(parameters)
    for (let slice = 0; slice < 5; slice++) {
      const bytes = files.get(`dicom/SE2/IM000${5 - slice}.dcm`)!
      const set = dicomParser.parseDicom(bytes)
      const element = set.elements.x7fe00010!
      const pixels = new Uint16Array(
        bytes.slice(element.dataOffset, element.dataOffset + element.length).buffer,
      )
      expect(Array.from(pixels)).toEqual(Array.from(volume.voxels.subarray(slice * 3072, (slice + 1) * 3072)))
      const position = set.string('x00200032')!.split('\\').map(Number)
      const { origin } = volume.geometry
      expect(position[0]).toBeCloseTo(origin[0], 9)
      expect(position[1]).toBeCloseTo(origin[1], 9)
      expect(position[2]).toBeCloseTo(origin[2] + slice * 4, 9)
      expect(set.string('x00281052')).toBe('-1024')
    }
  })

  it('gives every image and series a UID of its own, and the same bytes again', async () => {
    const [first, second] = [await written(), await written()]
    expect(second.files).toEqual(first.files)
    const uids = [...first.files]
      .filter(([path]) => path.endsWith('.dcm'))
      .map(([, bytes]) => dicomParser.parseDicom(bytes))
    expect(new Set(uids.map((set) => set.string('x00080018'))).size).toBe(12)
    expect(new Set(uids.map((set) => set.string('x0020000e'))).size).toBe(4)
    expect(new Set(uids.map((set) => set.string('x0020000d'))).size).toBe(1)
    const images = uids.filter((set) => set.string('x00080060') === 'CT')
    expect(new Set(images.map((set) => set.string('x00200052'))).size).toBe(1)
  })

  it('tells its progress, and stops where the sink fails', async () => {
    const told: string[] = []
    await writeExam(parameters, async () => {}, {
      onProgress: (done, total) => told.push(`${done}/${total}`),
    })
    expect(told.length).toBe(12)
    expect(told.at(-1)).toBe('12/12')
    let count = 0
    const full = writeExam(parameters, async () => {
      count++
      if (count === 3) throw new Error('disk full')
    })
    await expect(full).rejects.toThrow('disk full')
    expect(count).toBe(3)
  })
})
