import type { Scene } from './scene.ts'

/** What the warp threads are told. A frame's buffer travels with the message, both ways. */
export type WarpRequest =
  /** `slot`: which workspace of the texture's memory is this thread's. */
  | { kind: 'open'; scene: number; data: Scene; slot: number }
  | { kind: 'draw'; scene: number; frame: number; buffer: ArrayBuffer }
  | { kind: 'close'; scene: number }

export type WarpReply =
  | { kind: 'drawn'; scene: number; frame: number; buffer: ArrayBuffer }
  | { kind: 'failed'; scene: number; frame: number; message: string }
