import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, type ErrorReport, type Issue, type RunEventBody, type Workflow } from '@beatloom/core'
import { loadRegistry } from '../registry.ts'
import type { PublicOutput, RunRequest } from '../store/run-record.ts'
import { EXIT, issueLine, spokenSentencesOf, UsageError } from './command-error.ts'
import { workflowHelp } from './help.ts'
import { learnTitles, numberText, speak } from './language.ts'
import { openTarget } from './open-target.ts'
import { createProgressPrinter } from './progress-printer.ts'
import { readWorkflow, userPath } from './read-workflow.ts'
import type { RunTarget } from './run-target.ts'
import { inputFlags, type ParsedFlags, parseFlags } from './workflow-flags.ts'

/** A workflow with the values from the command line, files not yet brought in. */
export interface Invocation {
  workflow: Workflow
  flags: ParsedFlags
}

/** Reads `WORKFLOW --flags`. @returns null when help was asked for and printed. */
export async function readInvocation(args: string[]): Promise<Invocation | null> {
  const name = args.find((arg) => !arg.startsWith('-'))
  const workflow = readWorkflow(name)
  const registry = await loadRegistry()
  learnTitles(registry)
  const known = inputFlags(workflow, registry)
  const flags = parseFlags(args, known)
  if (flags.options.help) {
    process.stdout.write(workflowHelp(name ?? '', workflow, known))
    return null
  }
  const strays = flags.positionals.filter((word) => word !== name)
  if (strays.length > 0) flags.problems.push(`Not understood: ${strays.join(' ')}.`)
  for (const input of flags.files) {
    const given = flags.values[input] as string | string[]
    if (Array.isArray(given)) flags.values[input] = given.flatMap(namesIn)
    for (const name of [flags.values[input] as string | string[]].flat()) {
      if (!isReference(name) && !isFile(name)) flags.problems.push(`${input}: there is no file "${name}".`)
    }
  }
  return { workflow, flags }
}

/** Brings the named files in and gives what the engine takes. Problems of the command line come with the workflow's. */
export async function requestOf(target: RunTarget, { workflow, flags }: Invocation): Promise<RunRequest> {
  const inputs = { ...flags.values }
  for (const input of flags.files) {
    const given = inputs[input] as string | string[]
    const known: string[] = []
    for (const name of [given].flat()) {
      if (isFile(name)) known.push(await target.importFile(userPath(name)))
      else if (isReference(name)) known.push(name)
    }
    if (known.length === 0) delete inputs[input]
    else inputs[input] = Array.isArray(given) ? known : known[0]
  }
  const request: RunRequest = { inputs }
  if (flags.options.output) request.outputs = flags.options.output
  if (flags.problems.length > 0) {
    const issues = await target.validate(workflow, request)
    throw new UsageError([...flags.problems, ...issues.filter((issue) => issue.severity === 'error').map(issueLine)])
  }
  return request
}

function isFile(name: string): boolean {
  const path = userPath(name)
  return existsSync(path) && statSync(path).isFile()
}

/** What is no file itself and has commas between names of files is taken for a list of them. */
function namesIn(text: string): string[] {
  const parts = text.split(',')
  const isList = parts.length > 1 && !isFile(text) && parts.some((part) => isFile(part) || isReference(part))
  return isList ? parts : [text]
}

/** Names a file that Beatloom already has. */
const isReference = (text: string): boolean => /^(samples|assets|artifacts)\//.test(text)

export async function runCommand(args: string[]): Promise<number> {
  const invocation = await readInvocation(args)
  if (!invocation) return EXIT.done
  const say = (text: string): boolean => process.stderr.write(`${speak(text)}\n`)
  const target = await openTarget(say)
  try {
    const request = await requestOf(target, invocation)
    const tryAnyway = invocation.flags.options.tryAnyway ?? false
    const { run, warnings } = await target.submit(invocation.workflow, { ...request, tryAnyway })
    const json = invocation.flags.options.json ?? false
    for (const warning of json ? [] : warnings) say(issueLine(warning))
    const stopListening = cancelOnInterrupt(target, run, say)
    try {
      return await follow(target, run, invocation.flags)
    } finally {
      stopListening()
    }
  } finally {
    await target.close()
  }
}

async function follow(target: RunTarget, run: string, flags: ParsedFlags): Promise<number> {
  const { json, out } = flags.options
  const printer = json ? null : createProgressPrinter(process.stderr)
  for await (const event of target.events(run)) {
    if (event.type === 'node.preview') continue
    if (event.type === 'run.finished') {
      printer?.end()
      await handOut(target, event, out, json ?? false)
      return EXIT.done
    }
    if (json) printLine(event)
    else printer?.show(event)
    if (event.type === 'run.failed') {
      printer?.end()
      if (!json) for (const error of event.errors) process.stderr.write(`${failureLines(error).join('\n')}\n`)
      return event.error.code === 'workflow_invalid' ? EXIT.usage : EXIT.failed
    }
    if (event.type === 'run.cancelled') {
      printer?.end()
      if (!json) process.stderr.write(`${speak('Cancelled.')}\n`)
      return EXIT.cancelled
    }
    if (event.type === 'run.interrupted') {
      printer?.end()
      if (!json) process.stderr.write(`${speak(event.message)}\n`)
      return EXIT.failed
    }
  }
  return EXIT.failed
}

function failureLines(error: ErrorReport): string[] {
  return spokenSentencesOf(new AppError(error.code, error.message, { details: error.details }))
}

/** Copies the outputs to where the person wants them and says where they are. */
async function handOut(
  target: RunTarget,
  event: Extract<RunEventBody, { type: 'run.finished' }>,
  out: string | undefined,
  json: boolean,
): Promise<void> {
  const results = event.outputs as PublicOutput[]
  const files = results.filter((output) => output.file)
  const folder = out !== undefined && (files.length > 1 || /[/\\]$/.test(out) || isFolder(userPath(out)))
  const outputs: HandedOut[] = []
  for (const { name, type, file, value } of results) {
    if (!file) {
      outputs.push(value === undefined ? { name, type } : { name, value })
      continue
    }
    let path = target.pathOf(file)
    if (out !== undefined) {
      path = folder ? join(userPath(out), file.name) : userPath(out)
      await target.fetchFile(file, path)
    }
    outputs.push({ name, path, sha256: file.sha256 })
  }
  if (json) {
    printLine({ type: 'run.finished', outputs, seconds: event.seconds, peakRssBytes: event.peakRssBytes })
    return
  }
  for (const output of outputs) {
    process.stdout.write(`${output.name}: ${wordsFor(output)}\n`)
  }
  process.stderr.write(`${speak(`Done in ${numberText(event.seconds, 1)} s.`)}\n`)
}

/** A file, a value, or something that only other nodes can use. */
type HandedOut =
  | { name: string; path: string; sha256: string }
  | { name: string; value: string | number | boolean }
  | { name: string; type: string }

function wordsFor(output: HandedOut): string {
  if ('path' in output) return output.path
  return 'value' in output ? String(output.value) : speak(`made (${output.type})`)
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()

export const printLine = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`)

/** Interrupts closer together than this are one. */
const REPEAT_MS = 400

/** The first interrupt cancels the run; the second one ends everything at once. */
function cancelOnInterrupt(target: RunTarget, run: string, say: (text: string) => void): () => void {
  let firstAt: number | null = null
  const onInterrupt = (): void => {
    const now = performance.now()
    // One Ctrl+C can arrive several times: from the terminal and, passed on, from npm.
    if (firstAt !== null && now - firstAt < REPEAT_MS) return
    if (firstAt !== null) {
      target.abandon()
      process.exit(EXIT.cancelled)
    }
    firstAt = now
    say('\nCancelling; press Ctrl+C again to stop at once.')
    target.cancel(run).catch((error: Error) => say(error.message))
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return () => {
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onInterrupt)
  }
}

/** Errors and warnings as lines or JSON, for `validate`. */
export function printIssues(issues: Issue[], json: boolean): void {
  if (json) for (const issue of issues) printLine(issue)
  else for (const issue of issues) process.stdout.write(`${speak(issueLine(issue))}\n`)
}
