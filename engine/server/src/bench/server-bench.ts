import { startBenchServer, temporaryData, treeRssBytes } from './bench-server.ts'
import { type Measure, median } from './measure.ts'

const STARTS = 5
const SETTLE_MS = 3_000

/** Time to ready and memory at rest, with the product's own nodes. */
export async function* serverBench(): AsyncGenerator<Measure> {
  const data = temporaryData()
  const ready: number[] = []
  const idle: number[] = []
  try {
    for (let index = 0; index < STARTS; index++) {
      const server = await startBenchServer({ trivialNodes: false, data: data.path })
      ready.push(server.readyMs)
      if (index === STARTS - 1) {
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
        idle.push(treeRssBytes(server.pid) / 1e6)
      }
      await server.stop()
    }
    yield { name: 'server ready', value: median(ready), unit: 'ms', aim: 1_500 }
    yield { name: 'idle memory, server and worker', value: median(idle), unit: 'MB', aim: 200 }
  } finally {
    data.remove()
  }
}
