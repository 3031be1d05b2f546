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

describeExternal('dcmtk', 'the dose report of the digital exam in dsrdump', () => {
  it('is a dose report whose every item is read, with the doses of the truth', () => {
    const run = spawnSync('dsrdump', ['+Pc', join(folder, 'dicom/SE9/IM0001.dcm')], { encoding: 'utf8' })
    expect(run.status).toBe(0)
    const complaints = run.stderr.split('\n').filter((line) => /^[WE]:/.test(line))
    // its check of value representations does not know UTF-8
    expect(complaints.filter((line) => !line.includes('Specific Character Set: ISO_IR 192'))).toEqual([])
    expect(run.stdout).toContain('X-Ray Radiation Dose SR Document')
    const numbers = (code: string) =>
      [...run.stdout.matchAll(new RegExp(`\\(${code},DCM,[^)]*\\)="([\\d.]+)"`, 'g'))].map(([, digits]) =>
        Number(digits),
      )
    expect(numbers('113830')).toEqual(truth.dose?.map(({ ctdiVolMgy }) => ctdiVolMgy))
    expect(numbers('113838')).toEqual(truth.dose?.map(({ dlpMgyCm }) => dlpMgyCm))
  })
})

/** Walks the dose report with pydicom, by code value in its scheme, and says what each event states. */
const DOSE_READER = `
import json, sys, pydicom
d = pydicom.dcmread(sys.argv[1])
def name(item): return item.ConceptNameCodeSequence[0].CodeValue
def find(item, *codes):
    for code in codes:
        item = next(child for child in item.ContentSequence if name(child) == code)
    return item
def number(item): return float(item.MeasuredValueSequence[0].NumericValue)
out = []
for event in (child for child in d.ContentSequence if name(child) == '113819'):
    out.append(dict(type=find(event, '113820').ConceptCodeSequence[0].CodeValue, uid=find(event, '113769').UID,
                    ctdi=number(find(event, '113829', '113830')), dlp=number(find(event, '113829', '113838')),
                    unit=find(event, '113829', '113838').MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue,
                    phantom=find(event, '113829', '113835').ConceptCodeSequence[0].CodeValue))
images = {}
import pathlib
for path in sorted(pathlib.Path(sys.argv[2]).rglob('*.dcm')):
    i = pydicom.dcmread(path, stop_before_pixels=True)
    if i.Modality == 'CT': images.setdefault(int(i.SeriesNumber), set()).add(str(i.IrradiationEventUID))
print(json.dumps(dict(events=out, template=d.ContentTemplateSequence[0].TemplateIdentifier,
                      images={str(k): sorted(v) for k, v in images.items()})))
`

interface SeenDose {
  readonly template: string
  readonly events: readonly {
    type: string
    uid: string
    ctdi: number
    dlp: number
    unit: string
    phantom: string
  }[]
  readonly images: Readonly<Record<string, readonly string[]>>
}

describeExternal('python', 'the dose report of the digital exam in pydicom', () => {
  it('states the doses of the truth, and the images name its events', () => {
    const words = ['-c', DOSE_READER, join(folder, 'dicom/SE9/IM0001.dcm'), join(folder, 'dicom')]
    const run = spawnSync(python, words, { encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const { template, events, images } = JSON.parse(run.stdout) as SeenDose
    expect(template).toBe('10011')
    expect(events.map(({ type, unit, phantom }) => [type, unit, phantom])).toEqual([
      ['113805', 'mGy.cm', '113691'],
      ['116152004', 'mGy.cm', '113691'],
    ])
    expect(events.map(({ ctdi, dlp }) => [ctdi, dlp])).toEqual(
      truth.dose?.map(({ ctdiVolMgy, dlpMgyCm }) => [ctdiVolMgy, dlpMgyCm]),
    )
    const [scout, spiral] = events.map(({ uid }) => uid)
    expect(images).toEqual({ 1: [scout], 2: [spiral], 3: [spiral] })
  })
})
