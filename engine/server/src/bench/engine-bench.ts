import type { Workflow } from '@beatloom/core'
import { WebSocket } from 'ws'
import { chainWorkflow, workflowOf } from '../testing/workflows.ts'
import { startBenchServer, temporaryData } from './bench-server.ts'
import { type Measure, median } from './measure.ts'

/** Enough for the median to be that of compiled code; the very first run has a line of its own. */
const REPEATS = 21

/** What the engine costs around nodes that do nothing, through HTTP, worker, store and WebSocket. */
export async function* engineBench(): AsyncGenerator<Measure> {
  const data = temporaryData()
  const server = await startBenchServer({ trivialNodes: true, data: data.path })
  const client = await connect(server.url)
  try {
    const shapes: [
      name: string,
      make: (start: number) => Workflow,
      repeats: number,
      coldAimMs: number,
      cachedAimMs: number,
    ][] = [
      ['chain of 1,000', (start) => chainWorkflow(1_000, start), REPEATS, 150, 40],
      ['1,000 outputs side by side', (start) => sideBySide(1_000, start), REPEATS, 150, 40],
      ['chain of 10,000', (start) => chainWorkflow(10_000, start), 3, 1_500, 400],
    ]
    let start = 0
    for (const [name, make, repeats, coldAim, cachedAim] of shapes) {
      const cold: number[] = []
      const cached: number[] = []
      for (let index = 0; index < repeats; index++) {
        start += 1 / 64
        const workflow = make(start)
        cold.push(await client.run(workflow))
        cached.push(await client.run(workflow))
      }
      yield { name: `${name}, first run of all`, value: cold[0] as number, unit: 'ms', aim: null }
      yield { name: `${name}, cold`, value: median(cold), unit: 'ms', aim: coldAim }
      yield { name: `${name}, cached`, value: median(cached), unit: 'ms', aim: cachedAim }
    }
  } finally {
    client.close()
    await server.stop()
    data.remove()
  }
}

/** @returns a client whose `run` gives the milliseconds from sending a workflow to hearing its last event. */
async function connect(url: string): Promise<{ run(workflow: Workflow): Promise<number>; close(): void }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/events`)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    async run(workflow) {
      const body = JSON.stringify({ workflow })
      const finished = new Promise<void>((resolve, reject) => {
        socket.removeAllListeners('message')
        socket.on('message', (data) => {
          const event = JSON.parse(String(data)) as { type: string }
          if (event.type === 'run.finished') resolve()
          if (event.type === 'run.failed') reject(new Error(String(data)))
        })
      })
      const startedAt = performance.now()
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${url}/api/v1/runs`, { method: 'POST', headers, body })
      if (response.status !== 202) throw new Error(await response.text())
      await finished
      return performance.now() - startedAt
    },
    close: () => socket.close(),
  }
}

function sideBySide(count: number, start: number): Workflow {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`)
  const nodes = Object.fromEntries(
    ids.map((id, index) => [id, { type: 'test.number', params: { value: start + index / 1e6 } }]),
  )
  const outputs = Object.fromEntries(ids.map((id) => [id, { node: id, port: 'value' }]))
  return workflowOf(nodes, null, { outputs })
}
