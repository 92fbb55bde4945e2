import { createFolders, dataFolderAt, defaultDataRoot } from '../folder/data-folder.ts'
import { readOwner, tryLockFolder } from '../folder/folder-lock.ts'
import type { RunTarget } from './run-target.ts'

const POLL_MS = 250

/**
 * Takes the data folder, or finds the server that has it. Beside another command it waits for its turn.
 * @param say tells the person why nothing happens yet.
 */
export async function openTarget(say: (text: string) => void): Promise<RunTarget> {
  const folder = dataFolderAt(defaultDataRoot())
  createFolders(folder)
  for (let told = false; ; ) {
    const lock = tryLockFolder(folder)
    if (lock) {
      lock.announce({ pid: process.pid, kind: 'cli', url: null })
      const [{ Engine }, { localTarget }] = await Promise.all([import('../engine.ts'), import('./local-target.ts')])
      return localTarget(await Engine.open({ dataRoot: folder.root, origin: 'cli', lock }))
    }
    const owner = readOwner(folder)
    if (owner?.url) return (await import('./remote-target.ts')).remoteTarget(owner.url, folder)
    if (!told && owner) {
      say(
        'Another beatloom command is using the data folder; waiting for it to end (or set BEATLOOM_DATA to another folder).',
      )
      told = true
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
