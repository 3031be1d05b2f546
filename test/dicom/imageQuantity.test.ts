import { describe, expect, it } from 'vitest'
import { imageQuantity } from '../../src/dicom/imageQuantity.ts'

const kind = (imageType: string[], description = '') => imageQuantity({ imageType }, description)

describe('imageQuantity', () => {
  it.each([
    [['DERIVED', 'PRIMARY', 'AXIAL', 'VMI'], '', 'keV ?'],
    [['DERIVED', 'SECONDARY', 'AXIAL', 'MONOE_70KEV'], '', '70 keV'],
    [['ORIGINAL', 'PRIMARY', 'AXIAL'], 'GSI MONO 65 keV', '65 keV'],
    [['DERIVED', 'PRIMARY', 'AXIAL'], 'Abdomen Monoenergetic Plus 50keV', '50 keV'],
    [['DERIVED', 'PRIMARY', 'AXIAL'], 'MonoE', 'keV ?'],
  ])('knows %j "%s" as monoenergetic', (imageType, description, energy) => {
    expect(kind(imageType, description)).toEqual({ kind: 'monoenergetic', energy })
  })

  it('believes the energy attribute first', () => {
    expect(imageQuantity({ imageType: [], monoenergeticKev: 70 }, '')).toEqual({
      kind: 'monoenergetic',
      energy: '70 keV',
    })
  })

  it.each([
    [['ORIGINAL', 'PRIMARY', 'AXIAL', 'CT_SOM5 MON'], 'Monitoring'],
    [['ORIGINAL', 'PRIMARY', 'AXIAL', 'CT_SOM5 SEQ'], 'PreMonitoring 120 kV'],
    [['ORIGINAL', 'PRIMARY', 'AXIAL', 'ADD'], 'LUMBAR SPINE 100KV'],
    [[], ''],
  ])('takes %j "%s" for a conventional image', (imageType, description) => {
    expect(kind(imageType, description)).toEqual({ kind: 'conventional' })
  })

  it.each([
    [['DERIVED', 'PRIMARY', 'AXIAL', 'MAT_SPECIFIC', 'IODINE'], ''],
    [['DERIVED', 'PRIMARY', 'AXIAL', 'EFF_ATOMIC_NUM'], ''],
    [['DERIVED', 'PRIMARY', 'AXIAL'], 'Abd VNC 3.0'],
    [['DERIVED', 'PRIMARY', 'PERFUSION', 'RCBF'], ''],
    [['DERIVED', 'PRIMARY', 'AXIAL'], 'Iodine Map'],
  ])('takes %j "%s" for another quantity', (imageType, description) => {
    expect(kind(imageType, description).kind).toBe('other')
  })
})
