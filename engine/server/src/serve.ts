import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { AppError } from '@beatloom/core'
import { UsageError } from './cli/command-error.ts'
import { speak } from './cli/language.ts'
import { Engine } from './engine.ts'
import { createFolders, dataFolderAt, defaultDataRoot } from './folder/data-folder.ts'
import { lockFolder, readOwner, tryLockFolder } from './folder/folder-lock.ts'
import { buildServer } from './http/build-server.ts'
import { checkBinding } from './http/guard.ts'
import { shareAddress } from './http/share-address.ts'

export const DEFAULT_PORT = 8420
const MAX_CLOSING_MS = 10_000

/** Starts the server and stays until it is told to stop. @returns the exit status. */
export async function serveCommand(args: string[]): Promise<number> {
  const flags = readFlags(args)
  const { open } = flags
  const host = process.env.BEATLOOM_HOST || '127.0.0.1'
  const port = portFrom(flags.port ?? process.env.BEATLOOM_PORT)
  const token = process.env.BEATLOOM_TOKEN || undefined
  checkBinding({ host, token })
  const folder = dataFolderAt(defaultDataRoot())
  createFolders(folder)
  const lock = tryLockFolder(folder)
  if (!lock) {
    const url = readOwner(folder)?.url
    if (!url) lockFolder(folder).release()
    process.stdout.write(`${speak(`Beatloom is already running: ${url}`)}\n`)
    if (open && url) openBrowser(url)
    return 0
  }
  const engine = await Engine.open({ dataRoot: folder.root, origin: 'server', lock })
  const app = await buildServer(engine, { host, token, allowedHosts: process.env.BEATLOOM_ALLOWED_HOSTS })
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  try {
    await app.listen({ host, port })
    const address = app.server.address()
    const at = typeof address === 'object' && address ? address.port : port
    const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host
    const url = `http://${name}:${at}`
    lock.announce({ pid: process.pid, kind: 'server', url })
    process.stdout.write(`${speak(`Beatloom is ready: ${url}`)}\n`)
    const outside = shareAddress({ host, token }, at)
    if (outside) process.stdout.write(`${speak(`On other devices: ${outside}`)}\n`)
    if (open) openBrowser(token ? `${url}/?token=${encodeURIComponent(token)}` : url)
    await stopped
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port) : error
  } finally {
    // What still holds on by then is cut off; everything that matters is stored already.
    setTimeout(() => process.exit(1), MAX_CLOSING_MS).unref()
    process.once('SIGINT', () => process.exit(1))
    await app.close()
    await engine.close()
  }
  return 0
}

function readFlags(args: string[]): { open: boolean; port?: string } {
  try {
    const options = { open: { type: 'boolean', default: true }, port: { type: 'string' } } as const
    return parseArgs({ args, options, allowNegative: true }).values
  } catch (error) {
    throw new UsageError([(error as Error).message])
  }
}

/** 0 takes any free port. */
function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new AppError('usage', `The port is "${text}"; it must be a whole number from 0 to 65535.`)
  }
  return port
}

const portTaken = (port: number): AppError =>
  new AppError('usage', `Port ${port} is taken by another program; choose another with --port or BEATLOOM_PORT.`)

/** Opens the page where there is a screen to show it on. */
function openBrowser(url: string): void {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (!hasDisplay || process.env.CI) return
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', url]
        : ['xdg-open', url]
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
