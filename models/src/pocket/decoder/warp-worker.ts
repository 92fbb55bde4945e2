import { parentPort } from 'node:worker_threads'
import { collectGarbage } from '../../collect-garbage.ts'
import { MeshBuilder } from './mesh.ts'
import { WarpKernel } from './warp-kernel.ts'
import type { WarpReply, WarpRequest } from './warp-messages.ts'

/** A warp thread: draws the frames it is sent, of the scenes it has open. */
const port = parentPort
if (!port) throw new Error('warp-worker.ts runs as a worker thread')
const scenes = new Map<number, { mesh: MeshBuilder; kernel: WarpKernel }>()

port.on('message', (request: WarpRequest) => {
  switch (request.kind) {
    case 'open': {
      const { texture, width, height } = request.data
      const kernel = new WarpKernel(texture, width, height, request.slot)
      scenes.set(request.scene, { mesh: new MeshBuilder(request.data), kernel })
      return
    }
    case 'close':
      scenes.delete(request.scene)
      // A scene of 720p is 20 MB of shared memory.
      collectGarbage()
      return
    case 'draw':
      draw(request)
  }
})

function draw({ scene, frame, buffer }: Extract<WarpRequest, { kind: 'draw' }>): void {
  const open = scenes.get(scene)
  // Closed meanwhile: nobody waits for the frame.
  if (!open) return
  try {
    open.kernel.draw(open.mesh.build(frame), new Uint8Array(buffer))
    port?.postMessage({ kind: 'drawn', scene, frame, buffer } satisfies WarpReply, [buffer])
  } catch (error) {
    port?.postMessage({ kind: 'failed', scene, frame, message: String(error) } satisfies WarpReply)
  }
}
