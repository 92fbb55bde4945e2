import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { findFfmpeg } from './find-ffmpeg.ts'
import { runFfmpeg, startFfmpeg } from './run-ffmpeg.ts'
import { never, patternFrames, processesNaming, type ScratchFolder, scratchFolder } from './testing.ts'
import { writeMp4 } from './write-mp4.ts'

let folder: ScratchFolder
let real: string
beforeAll(async () => {
  folder = await scratchFolder()
  real = (await findFfmpeg()).path
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => folder.remove())

async function script(name: string, text: string): Promise<string> {
  const path = folder.file(name)
  await writeFile(path, `#!/bin/sh\n${text}\n`)
  await chmod(path, 0o755)
  return path
}

it('finds one that can encode, with its version, and remembers it', async () => {
  const found = await findFfmpeg()
  expect(found.version).toMatch(/\d/)
  expect(findFfmpeg()).toBe(findFfmpeg())
})

it('obeys BEATLOOM_FFMPEG first', async () => {
  vi.stubEnv('BEATLOOM_FFMPEG', await script('wrapped', `exec "${real}" "$@"`))
  expect(await findFfmpeg()).toMatchObject({ source: 'BEATLOOM_FFMPEG', path: folder.file('wrapped') })
})

it('says when BEATLOOM_FFMPEG does not run, or lacks the encoders', async () => {
  vi.stubEnv('BEATLOOM_FFMPEG', folder.file('nowhere'))
  await expect(findFfmpeg()).rejects.toMatchObject({
    code: 'ffmpeg_missing',
    message: expect.stringContaining('nowhere'),
  })
  vi.stubEnv('BEATLOOM_FFMPEG', await script('poor', 'echo " V..... mpeg4   MPEG-4"; echo " A..... aac   AAC"'))
  await expect(findFfmpeg()).rejects.toMatchObject({ code: 'ffmpeg_missing' })
})

it('falls back to the binary inside the npm package when PATH has none', async () => {
  vi.stubEnv('PATH', folder.path + delimiter)
  vi.stubEnv('BEATLOOM_FFMPEG', '')
  vi.resetModules()
  const fresh = await import('./find-ffmpeg.ts')
  const found = await fresh.findFfmpeg()
  expect(['ffmpeg-static', '@ffmpeg-installer']).toContain(found.source)
})

it('tells a full disk as disk_full and leaves no file', async () => {
  // The real encoder, writing to a device that is always full.
  const text = `set -- "$@"; for last; do :; done
n=$#; i=0; for a; do i=$((i+1)); [ $i -eq 1 ] && set --; [ $i -eq $n ] && a=/dev/full; set -- "$@" "$a"; done
exec "${real}" "$@"`
  const full = await script('full', `case "$*" in *encoded.mp4*) ;; *) exec "${real}" "$@";; esac\n${text}`)
  vi.stubEnv('BEATLOOM_FFMPEG', full)
  const path = folder.file('clip.mp4')
  await expect(writeMp4({ frames: patternFrames(64, 64, 30, 30), path }, never)).rejects.toMatchObject({
    code: 'disk_full',
  })
  expect((await readdir(folder.path)).filter((name) => name.startsWith('clip'))).toEqual([])
})

it('ends with its signal, at once', async () => {
  const controller = new AbortController()
  const endless = ['-loglevel', 'error', '-re', '-f', 'lavfi', '-i', 'anullsrc', '-f', 'null', '-']
  const ffmpeg = await startFfmpeg(endless, { signal: controller.signal, purpose: 'read' })
  controller.abort()
  await expect(ffmpeg.finished()).rejects.toMatchObject({ code: 'run_cancelled' })
  expect(() => process.kill(ffmpeg.pid!, 0)).toThrow()
})

it('puts its last words into the error', async () => {
  const failed = runFfmpeg(['-loglevel', 'error', '-i', folder.file('none.wav'), '-f', 'null', '-'], {
    signal: never,
    purpose: 'read',
  })
  await expect(failed).rejects.toMatchObject({
    code: 'media_unreadable',
    message: expect.stringContaining('No such file'),
  })
})

it('leaves no ffmpeg running when the process that started it is killed', async () => {
  const path = folder.file('orphan.mp4')
  const program = `
    import { patternFrames, never } from ${JSON.stringify(new URL('./testing.ts', import.meta.url).href)}
    import { writeMp4 } from ${JSON.stringify(new URL('./write-mp4.ts', import.meta.url).href)}
    const onProgress = (frame) => { if (frame === 20) process.stdout.write('encoding') }
    await writeMp4({ frames: patternFrames(320, 240, 30, 1e6), path: ${JSON.stringify(path)}, onProgress }, never)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  expect(processesNaming(path)).not.toEqual([])
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(processesNaming(path)).toEqual([]), { timeout: 5000, interval: 50 })
})
