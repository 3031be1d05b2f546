import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { peersText } from './peers/peersText.ts'

writeFileSync(join(import.meta.dirname, '../../docs/methods/peers.md'), peersText())
