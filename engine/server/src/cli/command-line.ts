import { reportOf } from '@beatloom/core'
import { asDiskFull } from '../files/content-store.ts'
import { EXIT, exitStatusOf, sentencesOf, spokenSentencesOf, UsageError } from './command-error.ts'
import { USAGE } from './help-words.ts'
import { LANGUAGE, speak } from './language.ts'

/** Loaded when asked for: a list of nodes needs no engine. */
const COMMANDS: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  run: async () => (await import('./run-command.ts')).runCommand,
  plan: async () => (await import('./check-commands.ts')).planCommand,
  validate: async () => (await import('./check-commands.ts')).validateCommand,
  nodes: async () => (await import('./list-commands.ts')).nodesCommand,
  models: async () => (await import('./models-command.ts')).modelsCommand,
  verify: async () => (await import('./verify-command.ts')).verifyCommand,
  serve: async () => (await import('../serve.ts')).serveCommand,
}

/** @returns the exit status. */
export async function commandLine([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(USAGE[LANGUAGE])
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const asksForHelp = args.some((arg) => arg === '--help' || arg === '-h')
  // Help on a workflow's inputs needs the workflow; without one, the usage is the help.
  if (asksForHelp && Object.hasOwn(COMMANDS, name) && args.every((arg) => arg.startsWith('-'))) {
    process.stdout.write(USAGE[LANGUAGE])
    return EXIT.done
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(`${speak(`There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}.`)}\n`)
    return EXIT.usage
  }
  try {
    return await (await command())(args)
  } catch (cause) {
    const error = asDiskFull(cause)
    if (process.argv.includes('--json')) {
      process.stdout.write(
        `${JSON.stringify({ type: 'error', error: { ...reportOf(error), ...(error instanceof UsageError ? { code: 'usage' } : {}), problems: sentencesOf(error) } })}\n`,
      )
    }
    for (const sentence of spokenSentencesOf(error)) process.stderr.write(`${sentence}\n`)
    return exitStatusOf(error)
  }
}
