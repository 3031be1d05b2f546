import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExamTruth } from '../../src/demo/examTruth.ts'
import { writeExam } from '../../src/demo/writeExam.ts'
import { smallExam } from '../demo/smallExam.ts'
import { describeExternal, python } from './external.ts'

/** Reads the exam with pydicom alone and says what it finds, as JSON. */
const READER = `
import json, sys, pathlib, numpy as np, pydicom
series = {}
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.dcm')):
    d = pydicom.dcmread(path)
    if d.Modality != 'CT': continue
    series.setdefault(d.SeriesInstanceUID, []).append(d)
truth = json.loads(sys.argv[2])
out = []
for images in series.values():
    images.sort(key=lambda d: float(d.ImagePositionPatient[2]))
    d = images[0]
    entry = dict(number=int(d.SeriesNumber), images=len(images), type=list(d.ImageType), kernel=d.ConvolutionKernel,
                 study=d.StudyInstanceUID, frame=d.FrameOfReferenceUID, position=d.PatientPosition,
                 shape=list(d.pixel_array.shape), sops=len({i.SOPInstanceUID for i in images}), rods=[])
    if 'LOCALIZER' not in d.ImageType:
        zs = [float(i.ImagePositionPatient[2]) for i in images]
        entry['gaps'] = sorted(set(np.round(np.diff(zs), 6).tolist()))
        k = int(np.argmin(np.abs(np.array(zs) - truth['z'])))
        i = images[k]
        hu = i.pixel_array.astype(float) * float(i.RescaleSlope) + float(i.RescaleIntercept)
        row, column = [float(v) for v in i.PixelSpacing]
        x0, y0 = float(i.ImagePositionPatient[0]), float(i.ImagePositionPatient[1])
        ys, xs = np.mgrid[0:i.Rows, 0:i.Columns]
        for rod in truth['rods']:
            r = np.hypot(x0 + xs * column - rod['centerLps'][0], y0 + ys * row - rod['centerLps'][1])
            inside = hu[r < rod['radiusMm'] - 2.5]
            entry['rods'].append(float(inside.mean()) if inside.size > 20 else None)
    out.append(entry)
print(json.dumps(out))
`

interface SeenSeries {
  readonly number: number
  readonly images: number
  readonly type: readonly string[]
  readonly kernel: string
  readonly study: string
  readonly frame: string
  readonly position: string
  readonly shape: readonly [number, number]
  readonly sops: number
  readonly gaps?: readonly number[]
  readonly rods: readonly (number | null)[]
}

const parameters = smallExam({
  columns: 256,
  rows: 256,
  pixelSpacingMm: 1.5,
  sliceCount: 5,
  sliceThicknessMm: 2.5,
  sliceSpacingMm: 2.5,
})
let folder = ''
let truth: ExamTruth

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trabecula-demo-'))
  truth = await writeExam(parameters, async (path, bytes) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeExternal('python', 'the digital exam in pydicom', () => {
  it('is one study of a localizer and two evenly spaced series, with rods where and what the truth says', () => {
    const rods = truth.phantom!.rods
    const wanted = JSON.stringify({ z: rods[0]!.centerLps[2], rods })
    const run = spawnSync(python, ['-c', READER, join(folder, 'dicom'), wanted], { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const seen = (JSON.parse(run.stdout) as SeenSeries[]).sort((a, b) => a.number - b.number)
    expect(seen.map(({ type }) => type[2])).toEqual(['LOCALIZER', 'AXIAL', 'AXIAL'])
    expect(seen.map(({ images }) => images)).toEqual([1, 5, 5])
    expect(seen.map(({ kernel }) => kernel)).toEqual(['STANDARD', 'STANDARD', 'BONE'])
    expect(new Set(seen.map(({ study, frame, position }) => `${study} ${frame} ${position}`)).size).toBe(1)
    for (const { sops, images } of seen) expect(sops).toBe(images)
    expect(seen[1]!.shape).toEqual([256, 256])
    expect(seen[1]!.gaps).toEqual([2.5])
    rods.forEach((rod, index) => {
      // no noise in this exam, and CT numbers are stored whole
      expect(Math.abs(seen[1]!.rods[index]! - rod.meanHu)).toBeLessThan(0.51)
    })
  })
})

/** `US` (unspecified) is a defined term of PS3.3 C.11.1.1.2 that this dciodvfy does not know yet. */
const UNKNOWN_TO_IT = 'Unrecognized defined term <US> for value 1 of attribute <Rescale Type>'

describeExternal('dicom3tools', 'the digital exam in dciodvfy', () => {
  it('has no error and no warning it is right about in any kind of object', () => {
    for (const series of ['SE1', 'SE2', 'SE3', 'SE9']) {
      const image = readdirSync(join(folder, 'dicom', series))[0]!
      const run = spawnSync('dciodvfy', [join(folder, 'dicom', series, image)], { encoding: 'utf8' })
      const complaints = run.stderr.split('\n').filter((line) => /^(Error|Warning)/.test(line))
      expect(run.stderr).toContain(series === 'SE9' ? 'XRayRadiationDoseSR' : 'CTImage')
      expect(complaints.filter((line) => !line.includes(UNKNOWN_TO_IT))).toEqual([])
    }
  })
})
