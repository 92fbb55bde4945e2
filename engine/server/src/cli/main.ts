#!/usr/bin/env node
import { keepCompiledCode } from './compiled-code.ts'

/** What a shell says of a program that wrote where nobody reads: 128 and the number of SIGPIPE. */
const READER_LEFT = 141

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(READER_LEFT)
    throw error
  })
}
keepCompiledCode()
// Imported only now: what is loaded before that is compiled anew at every start.
const { commandLine } = await import('./command-line.ts')
process.exitCode = await commandLine(process.argv.slice(2))
