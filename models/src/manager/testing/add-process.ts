/** Adds a model in a process of its own, which a test kills: hub's address, folder, source. */
import { createModelManager } from '../model-manager.ts'

const [hubUrl, folder = '', source = ''] = process.argv.slice(2)
const manager = createModelManager({ folder, hubUrl })
await manager.add({ source }, new AbortController().signal, ({ file, doneBytes }) => {
  process.stdout.write(`${file} ${doneBytes}\n`)
})
