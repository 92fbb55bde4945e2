import type { ReactFlowInstance } from '@xyflow/react'
import type { TextKey } from '../../i18n/index.ts'
import type { FlowEdge, FlowNode } from '../canvas-store.ts'

export type Flow = ReactFlowInstance<FlowNode, FlowEdge>

export interface CanvasCommand {
  id: string
  label: TextKey
  /** `Mod` is Ctrl, or Cmd on a Mac. The first is shown; the others do the same. */
  keys: string[]
  /** It writes or reads the clipboard: with the browser's own keys for that, an event of the browser does the work. */
  clipboard?: 'write' | 'read'
  /** Whether it would do anything now; menus grey it out where not. */
  possible?(): boolean
  /** Whether its keys are its own just now; elsewhere they keep their usual meaning. */
  active?(): boolean
  /** It goes to a tab, whichever document is on screen; all others are about the document and wait for a tab being read. */
  goesToTab?: boolean
  run(flow: Flow): void
}
