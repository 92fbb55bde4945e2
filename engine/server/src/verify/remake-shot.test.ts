import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEmbedded, rewriteEmbedded } from '@beatloom/media'
import { makeMedia, never, SAMPLE_PICTURE } from '@beatloom/media/testing'
import { expect, it } from 'vitest'
import { SAMPLES } from '../folder/data-folder.ts'
import { loadRegistry } from '../registry.ts'
import { PULSED_SONG, productVersions } from '../testing/kill-song.ts'
import { temporaryFolder } from '../testing/test-engine.ts'
import { remakeShot } from './remake-shot.ts'

// The product's own nodes.
delete process.env.BEATLOOM_TEST_NODES

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

it('makes a shot of our own video anew, tells the same from another, and says what is not here', {
  timeout: 240_000,
}, async () => {
  const folder = temporaryFolder()
  const dataRoot = join(folder, 'data')
  const registry = await loadRegistry()
  const song = await makeMedia(join(folder, 'song.wav'), '-i', join(SAMPLES, 'song.mp3'), '-t', '8')
  const make = async (name: string, zoomAmount: number): Promise<string> => {
    const workflow = productVersions(PULSED_SONG, registry)
    workflow.nodes['pulse'] = { ...workflow.nodes['pulse'], params: { resolution: '480p', zoomAmount } } as never
    const inputs = { song: { node: 'song', param: 'file' }, picture: { node: 'pictures', param: 'files' } }
    const file = join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify({ ...workflow, inputs }))
    const out = join(folder, `${name}.mp4`)
    const args = [CLI, 'run', file, '--song', song, '--picture', SAMPLE_PICTURE, '--out', out]
    execFileSync(process.execPath, args, { env: { ...process.env, BEATLOOM_DATA: dataRoot }, stdio: 'pipe' })
    return out
  }
  const path = await make('ours', 0.06)
  const embedded = (await readEmbedded(path))!
  const same = await remakeShot({ path, embedded, dataRoot, registry, chance: 0.6 }, never)
  expect(same).toMatchObject({ outcome: 'compared', psnrDb: null })
  expect(same.outcome === 'compared' && same.frames).toBeGreaterThan(20)

  const other = join(folder, 'claims.mp4')
  await rewriteEmbedded(await make('other', 0.5), other, embedded, never)
  const another = await remakeShot({ path: other, embedded, dataRoot, registry, chance: 0.6 }, never)
  expect(another.outcome === 'compared' ? another.psnrDb : null).toBeLessThan(35)

  rmSync(join(dataRoot, 'assets'), { recursive: true })
  const gone = await remakeShot({ path, embedded, dataRoot, registry, chance: 0.6 }, never)
  expect(gone).toMatchObject({ outcome: 'none', reason: 'inputs_missing' })
  expect(gone.outcome === 'none' && gone.missing?.some((reference) => reference.endsWith('song.wav'))).toBe(true)
})
