/** `Example^Anna^^Dr` as `Example, Anna, Dr`: family name, then the rest. */
function group(text: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = text
    .split('^')
    .map((part) => part.trim())
  const names = [given, middle].filter((part) => part !== '').join(' ')
  return [family, names, prefix, suffix].filter((part) => part !== '').join(', ')
}

/**
 * A DICOM person name as it is read: `Yamada^Tarou=山田^太郎` as `Yamada, Tarou (山田, 太郎)`.
 * @see DICOM PS3.5 6.2.1
 */
export function personName(text: string): string {
  const [alphabetic = '', ...others] = text.split('=').map(group)
  const further = others.filter((name) => name !== '')
  if (alphabetic === '') return further.join(', ')
  return further.length === 0 ? alphabetic : `${alphabetic} (${further.join(', ')})`
}
