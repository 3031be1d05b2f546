import { expose } from 'comlink'
import { setWasmAddress } from '../../dicom/codecs/wasmAddress.ts'
import { codecAddress } from './codecAddresses.ts'
import { ExamDesk } from './examDesk.ts'
import { fetchedFonts } from './fetchedFonts.ts'

setWasmAddress(codecAddress)
expose(new ExamDesk(fetchedFonts))
