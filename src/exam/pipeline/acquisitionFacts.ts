import type { VolumeGeometry } from '../../core/geometry/volumeGeometry.ts'
import type { CtSeries } from '../../dicom/ctStudy.ts'
import type { ExamAcquisition } from '../record/inputs.ts'

const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text)

/** How the measured series was made, as its headers say, on the grid that was measured. */
export function acquisitionFacts(series: CtSeries | null, geometry: VolumeGeometry): ExamAcquisition {
  const facts = series?.acquisition
  return {
    format: series === null ? 'NIfTI' : 'DICOM',
    seriesInstanceUid: orNull(series?.seriesInstanceUid),
    seriesDescription: orNull(series?.seriesDescription),
    seriesNumber: series?.seriesNumber ?? null,
    frameOfReferenceUid: orNull(series?.frameOfReferenceUid),
    manufacturer: orNull(facts?.manufacturer),
    manufacturerModelName: orNull(facts?.manufacturerModelName),
    deviceSerialNumber: orNull(facts?.deviceSerialNumber),
    stationName: orNull(facts?.stationName),
    acquisitionDate: orNull(facts?.acquisitionDate),
    patientPosition: orNull(facts?.patientPosition),
    kvp: facts?.kvp ?? null,
    exposureMas: facts?.exposureMas ?? null,
    convolutionKernel: orNull(facts?.convolutionKernel),
    contrastBolusAgent: orNull(facts?.contrastBolusAgent),
    sliceThicknessMm: facts?.sliceThickness ?? null,
    reconstructionDiameterMm: facts?.reconstructionDiameter ?? null,
    tableHeightMm: facts?.tableHeight ?? null,
    gantryDetectorTiltDeg: facts?.gantryDetectorTilt ?? null,
    columns: geometry.size[0],
    rows: geometry.size[1],
    slices: geometry.size[2],
    columnSpacingMm: geometry.spacing[0],
    rowSpacingMm: geometry.spacing[1],
    sliceSpacingMm: geometry.spacing[2],
  }
}
