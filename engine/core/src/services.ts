import type { SyncCertificate } from './certificate.ts'
import type { ComponentRef, FileHandle, Shot, TensorData } from './values.ts'

/** Runs ONNX components somewhere off this thread. Sessions load when first used and leave when the budget says so. */
export interface ModelHost {
  /**
   * @param inputs by the graph's input names; int64 inputs as BigInt64Array.
   * @returns the graph's outputs by name, on the host.
   * @throws {AppError} `model_missing`, `model_invalid`, `provider_failed`.
   */
  run(
    component: ComponentRef,
    inputs: Record<string, TensorData>,
    signal: AbortSignal,
    options?: RunOptions,
  ): Promise<Record<string, TensorData>>
  /** Drops what calls with that `carry` left where the graph runs. */
  forget(carryId: string): Promise<void>
  /** Names, element types and symbolic dims of a component's graph. */
  describe(component: ComponentRef): Promise<GraphPorts>
  /** Frees a component's session; a later `run` loads it again. */
  release(component: ComponentRef): Promise<void>
  /** The folder, components and facts of an installed model. @throws {AppError} `model_missing` */
  open(name: string): Promise<InstalledModel>
  /**
   * A fact worked out from a model once, and remembered across starts; what cannot be worked out is tried again.
   * @param key names the fact and the hash of what it comes from.
   */
  remember<T extends object>(key: string, make: () => Promise<T>): Promise<T>
  /** Hash of a model's files with the provider and runtime version it runs on: part of cache keys. */
  fingerprint(name: string): Promise<string>
}

/** Other worker processes, for a node whose work falls into parts that each leave something in the result cache. */
export interface OtherWorkers {
  readonly count: number
  /**
   * Runs this very node in one of them, with other params and without some of its links.
   * @param worker 0 … count − 1.
   * @returns false where it did not come to its end, whatever the reason: the part is then for the caller to do.
   */
  run(worker: number, params: Record<string, unknown>, unlinked: readonly string[]): Promise<boolean>
}

export interface RunOptions {
  /** The outputs that are wanted; without it all but carried ones. */
  outputs?: readonly string[]
  /**
   * Outputs that stay where the graph runs and are inputs of the next call with the same id, which then does not give
   * them: input names by output names. The first call gives these inputs, or says their shapes where they begin as zeros,
   * which are then made where the graph runs. Ended by `forget`.
   */
  carry?: { id: string; names: Record<string, string>; zeros?: Record<string, number[]> }
}

export interface GraphPorts {
  inputs: PortFacts[]
  outputs: PortFacts[]
  /** Where it runs: `cpu`, or the provider of a device, to which everything that goes in and out has to travel. */
  provider: string
}

export interface PortFacts {
  name: string
  type: string
  dims: (number | string)[]
}

export interface InstalledModel {
  name: string
  title: string
  family: string
  folder: string
  components: Record<string, ComponentRef>
  /** `model_index.json` and `scheduler/scheduler_config.json`, as read. */
  index: Record<string, unknown>
  scheduler: Record<string, unknown>
  sizeBytes: number
  sha256: string
  licence: string | null
  /** Where it was added from: a folder, or `owner/name@commit` of a hub; absent for models that were put there. */
  source?: string | null
}

/** Where nodes put what they make, by content. */
export interface ArtifactStore {
  /** Moves or copies a finished file into the store. */
  adopt(path: string, name: string, mime: string): Promise<FileHandle>
  /** A fresh path for scratch work, removed when the run ends. */
  scratch(suffix: string): Promise<string>
}

/** Resolves what a file param says (`samples/cover.jpg`, `assets/<sha256>/name`) to a file inside the data folders. */
export interface FileResolver {
  /** @throws {AppError} `file_missing`, `path_refused` */
  resolve(reference: string): Promise<FileHandle>
}

/** Something small a node shows on the canvas besides its outputs. Kept with the cached result. */
export type Display =
  /**
   * `full`: every pixel of it, where `file` is a thumbnail. `start`: of a mask painted over another one, the one that
   * was there before, small and grey, white inside.
   */
  | { kind: 'image'; file: FileHandle; width: number; height: number; full?: FileHandle; start?: FileHandle }
  | {
      kind: 'video'
      file: FileHandle
      width: number
      height: number
      frameRate: number
      frameCount: number
      durationSeconds: number
    }
  | { kind: 'audio'; file: FileHandle; startSeconds: number; durationSeconds: number; peaks: number[] }
  | {
      kind: 'beats'
      durationSeconds: number
      beats: number[]
      downbeats: number[]
      tempoBpm: number | null
      confidence: number
      peaks: number[]
      /** Moments at which something begins to sound, seconds. */
      onsets?: number[]
      /** Stretches that sound alike have the same letter. */
      sections?: { start: number; end: number; label: string }[]
    }
  /**
   * A plan of shots. `planned`: what it was before a person changed it. What the music says about it is shown with it:
   * `beats`, `downbeats`, `sections` and `peaks` of the whole sound.
   */
  | {
      kind: 'shots'
      durationSeconds: number
      frameRate: number
      shots: Shot[]
      planned: Shot[]
      beats: number[]
      downbeats: number[]
      sections: { start: number; end: number; label: string }[]
      peaks: number[]
      /** The sound itself, to listen to. */
      sound?: { file: FileHandle; startSeconds: number }
    }
  /** How far the shots of a plan are: one entry each, in their order. */
  | { kind: 'shot-clips'; clips: ShotClip[] }
  /** Whether picture and sound of a finished video agree. */
  | { kind: 'certificate'; certificate: SyncCertificate }
  | { kind: 'curve'; rate: number; values: number[] }
  /** `spoken`: words of ours, not a person's, so that they may be read in another language. */
  | { kind: 'text'; text: string; spoken?: boolean }
  /** A remark the user should read: what was cut, padded, moved. */
  | { kind: 'note'; code: string; text: string }

/** One shot of a plan while and after it is rendered. */
export interface ShotClip {
  startSeconds: number
  endSeconds: number
  state: 'waiting' | 'running' | 'cached' | 'done' | 'failed'
  /** The finished shot, silent, as it will be in the video. */
  file?: FileHandle
  /** A small picture of its middle. */
  thumb?: FileHandle
}
