import { fork } from 'node:child_process'
import { missingLibrary } from './machine.ts'
import type { ProbeRequest, ProbeResult } from './probe-protocol.ts'

/** Runs a probe in a forked process; whatever happens to that process becomes a reason. */
export async function runProbe(request: ProbeRequest, timeoutMs: number): Promise<ProbeResult> {
  const missing = missingLibrary(request.provider)
  if (missing) return { ok: false, reason: `library not found: ${missing}` }
  return new Promise((resolve) => {
    const child = fork(new URL('./provider-probe.ts', import.meta.url), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    })
    let complaints = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4000)
    })
    const timer = setTimeout(() => finish({ ok: false, reason: `no answer within ${timeoutMs / 1000} s` }), timeoutMs)
    const finish = (result: ProbeResult) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(result.ok ? result : { ok: false, reason: plainReason(result.reason, complaints) })
    }
    let said: ProbeResult | undefined
    child.once('message', (result: ProbeResult) => {
      // What failed stands in the complaints, which may come after the message.
      if (result.ok) finish(result)
      else said = result
    })
    child.once('error', (error) => finish({ ok: false, reason: error.message }))
    child.once('close', (code, killer) =>
      finish(said ?? { ok: false, reason: `its process ended with ${killer ?? `code ${code}`}` }),
    )
    child.send(request, () => {})
  })
}

/** The runtime's messages name source lines and mangled functions; a reader wants the end of the story. */
export function plainReason(reason: string, complaints = ''): string {
  const library = /(lib[\w.+-]+\.so[\w.]*|[\w.-]+\.(?:dll|dylib)): cannot open shared object/.exec(
    `${reason}\n${complaints}`,
  )
  if (library) return `library not found: ${library[1]}`
  if (/Failed to load shared library|Failed to load library/.test(reason)) return 'library not found'
  if (/Failed to get a WebGPU adapter/.test(reason)) return 'no graphics adapter found'
  return reason
    .replace(/^\/\S+:\d+ .*?(?= was false|: )/, '')
    .trim()
    .slice(0, 300)
}
