/** What goes wrong while a video is being encoded, and the unusual files that must simply work. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ending, endingOf, fixture, leftovers, product, SMALL, statesIn } from './testing/product.ts'
import { temporaryFolder } from './testing/test-engine.ts'

const KILOBYTE = 1024

it('ends with disk_full when the disk fills up while encoding, keeps what was made, and works again after', async ({
  skip,
}) => {
  const data = join(temporaryFolder(), 'small-disk')
  mkdirSync(data)
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', data])
  if (mount.status !== 0) skip('No small disk can be mounted here: that takes Linux and the rights of root.')
  onTestFinished(() => void execFileSync('umount', ['-l', data]))
  const refused = await ending(['run', 'beat-pulse', ...SMALL], data)
  expect([refused.status, refused.error.code]).toEqual([1, 'not_enough_disk'])
  const first = await ending(['run', 'beat-pulse', '--try-anyway', ...SMALL], data)
  expect(first.status, first.stderr).toBe(0)
  const ballast = join(data, 'ballast')
  fillUp(ballast, 250 * KILOBYTE)
  const full = await ending(['run', 'beat-pulse', '--try-anyway', ...SMALL, '--amount', '0.3'], data)
  expect([full.status, full.error.code]).toEqual([1, 'disk_full'])
  expect(full.error.message).toMatch(/The disk is full.*[Ff]ree some space/)
  expect(leftovers(data)).toEqual([])
  expect(existsSync(first.last.outputs[0].path)).toBe(true)
  rmSync(ballast)
  const again = await ending(['run', 'beat-pulse', '--try-anyway', ...SMALL, '--amount', '0.3'], data)
  expect(again.status, again.stderr).toBe(0)
  const states = statesIn(data)
  expect([states[0], states[2]]).toEqual(['done', 'done'])
  expect(states[1]).toMatch(/failed|interrupted/)
}, 60_000)

it('says so when ffmpeg is killed while encoding, leaves no half file, and works again after', async ({ skip }) => {
  if (process.platform !== 'linux') skip('Processes are looked up in /proc, which is Linux.')
  const data = join(temporaryFolder(), 'data')
  const run = product(['run', 'beat-pulse', '--duration', '6', '--json'], data)
  const pid = await encoderOf(data)
  process.kill(pid, 'SIGKILL')
  const killed = await endingOf(run)
  expect([killed.status, killed.error.code, killed.error.node]).toEqual([1, 'media_write_failed', 'save'])
  expect(killed.error.message).toMatch(/ffmpeg was stopped from outside .* while encoding.* run it again\./)
  expect([statesIn(data), leftovers(data)]).toEqual([['failed'], []])
  const again = await ending(['run', 'beat-pulse', ...SMALL], data)
  expect(again.status, again.stderr).toBe(0)
  expect(again.stdout).toContain('"node.cached","node":"picture"')
}, 60_000)

it.each([
  ['portrait-orientation-6.jpg', 'music-120-with-cover.mp3'],
  ['cmyk.jpg', 'music-120.flac'],
  ['grey.jpg', 'music-120.ogg'],
  ['transparent.png', 'music-120.m4a'],
  ['picture.webp', 'two-seconds-mono.wav'],
])('makes a video of %s and %s', async (picture, song) => {
  const data = join(temporaryFolder(), 'data')
  const files = ['--picture', fixture(picture), '--song', fixture(song)]
  const { status, stdout, stderr, last } = await ending(['run', 'beat-pulse', ...SMALL, ...files], data)
  expect(status, stderr).toBe(0)
  const video = readFileSync(last.outputs[0].path)
  expect(video.toString('latin1', 4, 8)).toBe('ftyp')
  const made = stdout.split('\n').find((line) => line.includes('"kind":"video"')) as string
  const tall = picture === 'portrait-orientation-6.jpg'
  expect(made.includes('"width":480,"height":832')).toBe(tall)
  expect(stdout.includes('only 2 s of sound from its start point; silence was added to make 3 s.')).toBe(
    song === 'two-seconds-mono.wav',
  )
})

/** Takes all of the disk but `leave` bytes. */
function fillUp(path: string, leave: number): void {
  const blocks: Buffer[] = []
  const block = Buffer.alloc(64 * KILOBYTE)
  try {
    for (;;) {
      writeFileSync(path, block, { flag: 'a' })
      blocks.push(block)
    }
  } catch {
    // Full, as wanted.
  }
  writeFileSync(path, Buffer.alloc(Math.max(0, blocks.length * block.length - leave)))
}

/** The ffmpeg that writes a video into the data folder's scratch, once it has begun. */
async function encoderOf(data: string): Promise<number> {
  for (;;) {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue
      try {
        const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8')
        if (command.includes(data) && command.includes('.encoded.mp4')) return Number(entry)
      } catch {
        // It ended while we looked.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
