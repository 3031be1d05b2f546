#!/usr/bin/env node
import { QctError } from '../core/errors.ts'
import { EXIT } from './exitCode.ts'
import { removePartialFolders } from './partialFolders.ts'
import { runProgram } from './program.ts'
import { refusalLine } from './refusalLine.ts'
import { stopsItself } from './stopping.ts'

process.once('SIGINT', stop)
process.once('SIGTERM', stop)
process.exitCode = await runProgram(process.argv.slice(2)).catch(explain)

/** Ctrl-C: takes away what is unfinished and leaves, unless the command has its own way to end. */
function stop(): void {
  if (stopsItself()) return
  removePartialFolders()
  process.stderr.write(`\n${refusalLine(new QctError('CANCELLED', {}))}\n`)
  process.exit(EXIT.stopped)
}

/** Says what went wrong in one line with its code; a fault of our own also shows where. */
function explain(error: unknown): number {
  removePartialFolders()
  if (error instanceof QctError) {
    process.stderr.write(`${refusalLine(error)}\n`)
    return error.code === 'CANCELLED' ? EXIT.stopped : EXIT.badInput
  }
  const problem = error instanceof Error ? error.name : typeof error
  process.stderr.write(`${refusalLine(new QctError('UNEXPECTED', { problem }))}\n`)
  if (error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  return EXIT.badInput
}
