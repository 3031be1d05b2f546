import { NO_READER_TEXT } from '../../../src/exam/record/decisions.ts'
import { NO_DOSE_DECISIONS } from '../../../src/exam/record/dose.ts'
import type { ExamRecord } from '../../../src/exam/record/examRecord.ts'
import { EMPTY_PATIENT_SHEET } from '../../../src/exam/record/patientSheet.ts'
import type { LevelResult } from '../../../src/exam/record/results.ts'
import type { LevelByCalibration } from '../../../src/exam/record/routeResults.ts'
import { FIRST_REVISION } from '../../../src/exam/record/signature.ts'

/** What the phantom in the scan made of a level. */
const exampleValue = (level: string, vbmd: number): LevelByCalibration => ({
  route: 'in-scan',
  calibration: level,
  mineral: 'HA',
  vbmdMgPerCm3: vbmd,
  uncertaintyMgPerCm3: 1.3,
  parts: {
    noiseMgPerCm3: 0.52,
    calibrationMgPerCm3: 0.41,
    certificateMgPerCm3: null,
    rodNoiseMgPerCm3: 0.3,
    rodPlacementMgPerCm3: 0.1,
    fitMgPerCm3: 0.26,
    driftMgPerCm3: 0.02,
  },
  refusal: null,
  warnings: [],
})

/** One measured level with plausible values. */
export const exampleLevel = (level: 'L1' | 'L2' | 'L3', vbmd: number | null): LevelResult => ({
  level,
  status: 'done',
  refusal: null,
  vbmdMgPerCm3: vbmd,
  uncertaintyMgPerCm3: vbmd === null ? null : 1.3,
  meanHu: 151.25,
  sdHu: 24.5,
  standardErrorHu: 0.7,
  n: 4210,
  centerLps: [1, -20, 300],
  tiltDeg: 6.25,
  calibration: vbmd === null ? null : level,
  byCalibration: vbmd === null ? [] : [exampleValue(level, vbmd)],
  warnings: [],
})

const rods = [
  { label: 'A', meanHu: -8, densityMgPerCm3: 0 },
  { label: 'B', meanHu: 128, densityMgPerCm3: 100 },
  { label: 'C', meanHu: 262, densityMgPerCm3: 200 },
].map((rod, index) => ({
  ...rod,
  sdHu: 18,
  standardErrorHu: 0.4,
  n: 2000,
  waterDensityMgPerCm3: null,
  centerLps: [index * 30 - 30, 90, 300] as [number, number, number],
  radiusMm: 8,
}))

const calibration = {
  method: 'in-scan' as const,
  phantom: 'b-mas-200',
  mineral: 'HA' as const,
  equation: 'linear' as const,
  slopeMgPerCm3PerHu: 0.7407,
  interceptMgPerCm3: 5.2,
  residualSdMgPerCm3: 0.9,
  covariance: [1e-6, -1e-4, 0.04] as [number, number, number],
  rods,
  asynchronous: null,
  tissue: null,
  dualEnergy: null,
  citations: [],
}

/** A complete record of a calibrated two-level exam of an older woman, made up. */
export function exampleRecord(): ExamRecord {
  return {
    schemaVersion: 3,
    status: 'done',
    inputs: {
      study: {
        studyInstanceUid: '1.2.3',
        studyDate: '2026-03-01',
        studyTime: '09:30:00',
        studyDescription: 'Abdomen native',
        accessionNumber: 'A1',
        institutionName: 'Example Hospital',
        referringPhysicianName: 'Refer^Rita',
        setAside: [],
      },
      patient: {
        patientId: 'P1',
        patientName: 'Example^Anna',
        birthDate: '1954-03-12',
        sex: 'F',
        ageYears: 71.97,
        heightCm: 162,
        weightKg: 66,
        menopausalStatus: 'post',
        indication: null,
        priorFracture: null,
        treatment: null,
        sources: { sex: 'DICOM', birthDate: 'DICOM', menopausalStatus: 'typed' },
      },
      acquisition: {
        format: 'DICOM',
        seriesInstanceUid: '1.2.3.4',
        seriesDescription: 'Abd 1.0 soft',
        seriesNumber: 3,
        frameOfReferenceUid: '1.2.3.9',
        manufacturer: 'Maker',
        manufacturerModelName: 'Model',
        deviceSerialNumber: null,
        stationName: 'CT1',
        acquisitionDate: '2026-03-01',
        patientPosition: 'HFS',
        kvp: 120,
        exposureMas: 100,
        convolutionKernel: 'B30f',
        contrastBolusAgent: null,
        sliceThicknessMm: 1,
        reconstructionDiameterMm: 400,
        tableHeightMm: 150,
        gantryDetectorTiltDeg: 0,
        columns: 512,
        rows: 512,
        slices: 200,
        columnSpacingMm: 0.78125,
        rowSpacingMm: 0.78125,
        sliceSpacingMm: 1,
      },
      software: { name: 'Trabecula', version: '0.1.0', methods: { spineVoi: 'elliptical-cylinder 1' } },
      digest: null,
    },
    decisions: {
      series: {
        id: '1.2.3.4',
        chosenBy: 'program',
        reasons: ['whole field', 'soft kernel'],
        otherSeries: [],
      },
      calibration: {
        requested: 'auto',
        used: 'in-scan',
        why: 'only one',
        phantomRequested: null,
        phantomUsed: 'b-mas-200',
        asynchronous: null,
        tissue: null,
        dualEnergy: null,
        userPhantoms: null,
      },
      levels: ['L1', 'L2'],
      rois: (['L1', 'L2'] as const).map((level) => ({
        level,
        placement: 'from seed',
        seedLps: [0, -20, 300],
        voi: {
          centerLps: [1, -20, 300],
          normalLps: [0, 0, 1],
          lateralLps: [1, 0, 0],
          radiiMm: [11, 8],
          heightMm: 9,
        },
      })),
      rods: [],
      tissueRegions: [],
      exclusions: [],
      patient: { ...EMPTY_PATIENT_SHEET, menopausalStatus: 'post' },
      readerText: { ...NO_READER_TEXT },
      confirmations: [],
      dose: NO_DOSE_DECISIONS,
    },
    results: {
      calibration: { id: 'exam', ...calibration },
      calibrations: [
        { id: 'L1', ...calibration },
        { id: 'L2', ...calibration },
      ],
      routes: [{ route: 'in-scan', status: 'done', refusal: null, warnings: [], reasons: [] }],
      spine: {
        levels: [exampleLevel('L1', 118.2), exampleLevel('L2', 112.4)],
        meanVbmdMgPerCm3: 115.3,
        meanUncertaintyMgPerCm3: 1.1,
        category: 'osteopenia-equivalent',
        categoryWithheld: null,
        screening: null,
        disagreements: [],
      },
      warnings: [],
      dose: null,
      report: { text: '', frozen: null },
    },
    revision: FIRST_REVISION,
    signatures: [],
  }
}
