import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { AddProgress, ModelManager, Verified } from '@beatloom/models/manager'
import { defaultDataRoot } from '../folder/data-folder.ts'
import { EXIT, UsageError } from './command-error.ts'
import { MODELS_USAGE } from './help-words.ts'
import { cutTo, LANGUAGE, numberText, speak } from './language.ts'
import { printLine } from './run-command.ts'

interface Flags {
  json?: boolean | undefined
  yes?: boolean | undefined
  name?: string | undefined
  dtype?: string | undefined
  token?: string | undefined
}

const ACTIONS: Record<string, (words: string[], flags: Flags) => Promise<number>> = {
  add: addCommand,
  verify: verifyCommand,
  remove: removeCommand,
}

/** `models`: lists, adds, verifies and removes them. */
export async function modelsCommand(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(MODELS_USAGE[LANGUAGE])
    return EXIT.done
  }
  const [action = 'list', ...rest] = args[0]?.startsWith('-') ? ['list', ...args] : args
  if (action === 'list') return (await import('./list-commands.ts')).listModelsCommand(rest)
  const command = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
  if (!command) throw new UsageError([`There is no "models ${action}"; there are list, add, verify, remove.`])
  const { flags, words } = parse(rest)
  return command(words, flags)
}

function parse(args: string[]): { flags: Flags; words: string[] } {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    const options = { json: flag, yes: flag, name: text, dtype: text, token: text }
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { flags: values, words: positionals }
  } catch (error) {
    throw new UsageError([(error as Error).message])
  }
}

const say = (text: string): boolean => process.stderr.write(`${speak(text)}\n`)

/** Needs neither the engine nor the data folder's lock: a model appears by a rename. */
async function openManager(): Promise<ModelManager> {
  const { createModelManager } = await import('@beatloom/models/manager')
  const from = process.env.INIT_CWD ?? process.cwd()
  return createModelManager({ folder: join(defaultDataRoot(), 'models'), from })
}

/** Runs until done or Ctrl+C. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  try {
    return await work(stop.signal)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
  }
}

async function addCommand(words: string[], { json, name, dtype, token }: Flags): Promise<number> {
  const [source, ...more] = words
  if (source === undefined) throw new UsageError(['Name a folder, or a model of a hub as owner/name.'])
  if (more.length > 0) throw new UsageError([`Not understood: ${more.join(' ')}.`])
  const manager = await openManager()
  const printer = progressPrinter(json ?? false)
  const added = await interruptible((signal) =>
    manager.add({ source, name, dtype, token }, signal, printer.show).finally(printer.end),
  )
  for (const component of added.otherwise) {
    say(`warning: ${component} is not there as ${dtype}; it was taken in another precision.`)
  }
  if (added.family === 'unknown') {
    say('warning: No pipeline of this version is made of these graphs; nodes of your own can use them.')
  }
  const sizeBytes = Object.values(added.files).reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0)
  const { family, licence } = added
  if (json) printLine({ type: 'added', name: added.name, family, licence, source: added.source, sizeBytes })
  else process.stdout.write(`${speak(`Added the model "${added.name}" (${family}), ${sizeText(sizeBytes)}.`)}\n`)
  return EXIT.done
}

async function verifyCommand(words: string[], { json }: Flags): Promise<number> {
  const manager = await openManager()
  const names = words.length > 0 ? words : await manager.names()
  let whole = true
  for (const name of names) {
    const printer = progressPrinter(json ?? false)
    const result = await interruptible((signal) => manager.verify(name, signal, printer.show).finally(printer.end))
    whole &&= result.problems.length === 0
    if (json) printLine({ type: 'verified', ...result })
    else process.stdout.write(`${verdict(result).map(speak).join('\n')}\n`)
  }
  return whole ? EXIT.done : EXIT.failed
}

function verdict({ name, files, sizeBytes, listed, problems }: Verified): string[] {
  if (problems.length > 0) {
    const lines = problems.map(({ message }) => `error: ${message} [model_invalid]`)
    return [`"${name}" is not as it was added:`, ...lines]
  }
  if (!listed) return [`"${name}" can be used; nothing says what its files should be.`]
  return [`"${name}" is as it was added: ${files} files, ${sizeText(sizeBytes)}.`]
}

async function removeCommand(words: string[], { json, yes }: Flags): Promise<number> {
  const [name, ...more] = words
  if (name === undefined) throw new UsageError(['Name the model to remove.'])
  if (more.length > 0) throw new UsageError([`Not understood: ${more.join(' ')}.`])
  if (!yes && !(await isSure(name))) return EXIT.cancelled
  await (await openManager()).remove(name)
  if (json) printLine({ type: 'removed', name })
  else process.stdout.write(`${speak(`Removed the model "${name}".`)}\n`)
  return EXIT.done
}

async function isSure(name: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError(['Removing asks first; where nobody can answer, give --yes.'])
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await asking.question(`${speak(`Remove the model "${name}"? y or n:`)} `)
    return /^\s*(y|yes|是|好)\s*$/i.test(answer)
  } finally {
    asking.close()
  }
}

/** Decimal units, as disks and hubs count. */
function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${numberText(bytes / 1e9, 1)} GB`
  return bytes >= 1e6 ? `${numberText(bytes / 1e6, 1)} MB` : `${numberText(Math.ceil(bytes / 1e3), 0)} kB`
}

const PRINT_EVERY_MS = 2_000
const PAINT_EVERY_MS = 100

/** One line that repaints on a terminal, a line every two seconds elsewhere, lines of JSON where those are asked for. */
function progressPrinter(json: boolean): { show(progress: AddProgress): void; end(): void } {
  const stream = process.stderr
  const every = stream.isTTY && !json ? PAINT_EVERY_MS : PRINT_EVERY_MS
  let lastAt = 0
  let total = -1
  return {
    show(progress) {
      const { totalBytes } = progress
      // The total comes first, however soon the rest follows.
      const isNews = totalBytes !== total
      if (!isNews && Date.now() - lastAt < every) return
      lastAt = Date.now()
      total = totalBytes
      if (json) printLine({ type: 'progress', ...progress })
      else if (stream.isTTY) stream.write(`\r\x1b[K${cutTo(speak(inSentence(progress)), (stream.columns ?? 100) - 1)}`)
      else say(inSentence(progress))
    },
    end() {
      if (stream.isTTY && !json) stream.write('\r\x1b[K')
    },
  }
}

function inSentence({ phase, doneBytes, totalBytes, file }: AddProgress): string {
  if (phase === 'listing') return 'Asking the hub what there is …'
  if (totalBytes === 0) return 'Looking at the files …'
  const done = `${sizeText(doneBytes)} of ${sizeText(totalBytes)}`
  const behind = file && ` ${file}`
  if (phase === 'downloading') return `Downloading: ${done}${behind}`
  if (phase === 'copying') return `Taking in: ${done}${behind}`
  return `Checking: ${done}${behind}`
}
