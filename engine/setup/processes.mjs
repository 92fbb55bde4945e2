import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const { BEATLOOM_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env
const IN_CHINESE = /^zh/i.test(BEATLOOM_LANG || LC_ALL || LC_MESSAGES || LANG || '')

/** One sentence in the language of the person's terminal, chosen as the command line itself does. */
export const inWords = (english, chinese) => (IN_CHINESE ? chinese : english)

/** Set-up talks on standard error: standard output belongs to the command that is being set up for. */
export const say = (english, chinese = english) => process.stderr.write(`${inWords(english, chinese)}\n`)

/**
 * Runs a command to its end, what it prints going to standard error.
 * @returns {Promise<number>} its exit status; 127 when it cannot be started.
 */
export function runQuietly(command, args, options = {}) {
  return finish(spawn(command, args, { ...options, stdio: ['ignore', 2, 2], shell: needsShell(command) }))
}

/**
 * Hands the terminal to a command: its input, output, signals and exit status are ours.
 * @returns {Promise<number>}
 */
export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: 'inherit', shell: needsShell(command) })
  const forward = (signal) => child.kill(signal)
  // A terminal sends its interrupt to the whole group; only one sent to this process alone has to be passed on.
  const interrupt = () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', forward)
  process.on('SIGHUP', forward)
  return finish(child).finally(() => {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', forward)
    process.off('SIGHUP', forward)
  })
}

/** npm is a script on Windows. */
const needsShell = (command) => process.platform === 'win32' && command === 'npm'

function finish(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(error.message)
      resolve(127)
    })
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
