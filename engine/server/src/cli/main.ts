#!/usr/bin/env node
import { keepCompiledCode } from './compiled-code.ts'

keepCompiledCode()
// Imported only now: what is loaded before that is compiled anew at every start.
const { commandLine } = await import('./command-line.ts')
process.exitCode = await commandLine(process.argv.slice(2))
