import { existsSync, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactStore } from '@beatloom/core'
import type { DataFolder } from '../folder/data-folder.ts'
import { ContentStore } from './content-store.ts'

/** The artifact store of one run, with scratch space that `dispose` removes. */
export function createRunArtifacts(folder: DataFolder, run: string): ArtifactStore & { dispose(): Promise<void> } {
  const store = new ContentStore(folder, 'artifacts')
  const scratchFolder = join(folder.scratch, run)
  let count = 0
  return {
    adopt: (path, name) => (dirname(path) === scratchFolder ? store.moveIn(path, name) : store.copyIn(path, name)),
    async scratch(suffix) {
      mkdirSync(scratchFolder, { recursive: true })
      count++
      return join(scratchFolder, `${count}${suffix}`)
    },
    async dispose() {
      // Looking costs nothing next to a turn of the event loop, and most runs need no scratch.
      if (existsSync(scratchFolder)) await rm(scratchFolder, { recursive: true, force: true })
    },
  }
}
