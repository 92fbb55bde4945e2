import { join } from 'node:path'
import type { ModelHost } from '@beatloom/core'
import type { BeatloomModelHost } from '@beatloom/models'
import type { DataFolder } from '../folder/data-folder.ts'

export interface LazyModels extends ModelHost {
  /** Loads the runtime's library where that has not happened. */
  host(): Promise<BeatloomModelHost>
  close(): Promise<void>
}

/** The model host, loaded when something first asks for a model: an idle worker stays small. */
export function lazyModels(folder: DataFolder): LazyModels {
  let loading: Promise<BeatloomModelHost> | null = null
  const host = (): Promise<BeatloomModelHost> => {
    loading ??= load(folder).catch((error) => {
      loading = null
      throw error
    })
    return loading
  }
  return {
    host,
    run: async (component, inputs, signal, options) => (await host()).run(component, inputs, signal, options),
    forget: async (carryId) => (await host()).forget(carryId),
    describe: async (component) => (await host()).describe(component),
    release: async (component) => (await host()).release(component),
    open: async (name) => (await host()).open(name),
    remember: async (key, make) => (await host()).remember(key, make),
    fingerprint: async (name) => (await host()).fingerprint(name),
    close: async () => {
      if (loading) await (await loading).close()
    },
  }
}

async function load(folder: DataFolder): Promise<BeatloomModelHost> {
  const { createModelHost } = await import('@beatloom/models')
  return createModelHost({
    folders: [join(folder.root, 'models')],
    dataFolder: folder.root,
    notice: (text) => process.stderr.write(`${text}\n`),
  })
}
