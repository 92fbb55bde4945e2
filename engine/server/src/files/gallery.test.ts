import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GALLERY } from '../folder/data-folder.ts'
import { listGallery, previewPath, standingOf } from './gallery.ts'

const GB = 2 ** 30

describe('D8: the gallery', () => {
  it('says what is ready, what needs a download, and what this machine cannot hold', () => {
    const needed = [
      { name: 'wan', sizeBytes: 27 * GB },
      { name: 'vae', sizeBytes: GB },
    ]
    const all = new Set(['wan', 'vae'])
    expect(standingOf(needed, all, 64 * GB).standing).toBe('ready')
    expect(standingOf(needed, new Set(['vae']), 64 * GB)).toEqual({
      standing: 'download',
      missing: [needed[0]],
      memory: { neededBytes: 28 * GB, availableBytes: 64 * GB },
    })
    expect(standingOf(needed, all, 16 * GB).standing).toBe('too-large')
    expect(standingOf([], new Set(), GB).standing).toBe('ready')
    // Components that are never in memory together.
    const parts = [{ name: 'wan', sizeBytes: 69 * GB, memoryBytes: 28 * GB }]
    expect(standingOf(parts, new Set(['wan']), 32 * GB).standing).toBe('ready')
    expect(standingOf(parts, new Set(['wan']), 24 * GB).memory.neededBytes).toBe(28 * GB)
  })

  it('begins with the song video, and shows a picture and a goal for every template', async () => {
    const entries = await listGallery(new Set(['pocket']))
    expect(entries[0]?.name).toBe('song-video')
    expect(entries[0]?.standing).toBe('ready')
    const ready = entries.map(({ standing }) => standing === 'ready')
    expect(ready).toEqual([...ready].sort((a, b) => Number(b) - Number(a)))
    expect(entries.find(({ name }) => name === 'wan-ti2v-5b')?.missing[0]?.name).toBe('wan2.2-ti2v-5b')
    for (const { name, preview, goals, description } of entries) {
      expect(goals.length, name).toBeGreaterThan(0)
      expect(description, name).not.toBe('')
      expect(preview.still, name).toBe(true)
      for (const kind of ['still', 'loop'] as const) {
        if (preview[kind]) expect(statSync(await previewPath(name, kind)).size, name).toBeLessThanOrEqual(60_000)
      }
    }
    expect((await listGallery(new Set()))[0]).toMatchObject({ standing: 'download', missing: [{ name: 'pocket' }] })
  })

  it('keeps no picture that no template shows', async () => {
    const entries = await listGallery(new Set())
    const shown = await Promise.all(
      entries.flatMap(({ name, preview }) =>
        (['still', 'loop'] as const).filter((kind) => preview[kind]).map((kind) => previewPath(name, kind)),
      ),
    )
    const folder = join(GALLERY, 'previews')
    const pictures = readdirSync(folder).filter((file) => file.endsWith('.webp'))
    expect(pictures.map((file) => join(folder, file)).sort()).toEqual(shown.sort())
  })
})
