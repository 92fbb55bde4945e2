/**
 * What flows along the links, by port type. Everything but `Frames` is plain data: it can be cloned, sent to
 * another thread and kept in the cache on disk. Functions that read or make these values live in `media` and `models`.
 */

/** A file of known content. `path` is where it lies on this machine; identity is the hash. */
export interface FileHandle {
  path: string
  /** Lower-case hex SHA-256 of the bytes. */
  sha256: string
  /** The name a person gave it, without folders. */
  name: string
}

/** 8-bit picture, row-major, `height × width × channels`: grey, RGB or RGBA. */
export interface Image {
  width: number
  height: number
  channels: 1 | 3 | 4
  data: Uint8Array
}

/** One plane of 0 (out) … 255 (in), row-major. */
export interface Mask {
  width: number
  height: number
  data: Uint8Array
}

/** A lazy stream of RGB frames, read one at a time as often as wanted; the reader sets the pace. */
export interface Frames {
  width: number
  height: number
  /** Frames per second. */
  frameRate: number
  frameCount: number
  /** Starts at frame 0 on every call. Each yielded frame is valid until the next one is asked for. */
  frames(signal: AbortSignal): AsyncIterable<Image>
}

/** A finished video file. */
export interface VideoFile {
  file: FileHandle
  width: number
  height: number
  frameRate: number
  frameCount: number
  durationSeconds: number
  hasAudio: boolean
}

/**
 * A stretch of a sound file. Samples are decoded when read (`media`'s `readPcm`), never held whole.
 * The stretch starts at `startSeconds` of the file and lasts `durationSeconds`; what lies beyond
 * `soundSeconds` of it is silence.
 */
export interface AudioClip {
  file: FileHandle
  startSeconds: number
  durationSeconds: number
  soundSeconds: number
  /** Samples per second of the file. */
  sampleRate: number
  /** Channels of the file; mono files become stereo when written. */
  channels: number
}

/** Values at a steady rate, the first at time 0. */
export interface Curve {
  /** Values per second. */
  rate: number
  values: Float32Array
}

/** What a beat analysis found in an AudioClip; times in seconds from the clip's start. */
export interface Beats {
  durationSeconds: number
  beats: number[]
  downbeats: number[]
  /** Beats per minute; null where the music has no beat. */
  tempoBpm: number | null
  /** Beats per bar; null when unknown. */
  meter: number | null
  /** 0 … 1. */
  confidence: number
  /** Best first, for the half and double time that no analysis can rule out. */
  tempoCandidates: { bpm: number; salience: number }[]
  /** The tempo as it goes, one point for each stretch in which it changes; empty where there is no beat. */
  tempoCurve?: { seconds: number; bpm: number }[]
  /** Parts of the piece in order, without gaps; stretches that sound alike have the same label. */
  sections?: BeatSection[]
  /** Moments at which something begins to sound, beat or not; what is left to go by in music without a beat. */
  onsets?: number[]
  /** At `rate` per second, each 0 … 1 as models/README.md "Audio features" defines them. */
  envelopes: {
    rate: number
    onset: Float32Array
    bass: Float32Array
    mid: Float32Array
    high: Float32Array
    loudness: Float32Array
  }
}

export interface BeatSection {
  startSeconds: number
  endSeconds: number
  /** `A`, `B` …, in the order in which they are first heard. */
  label: string
  /** Mean loudness of the part within the piece, 0 … 1. */
  energy: number
}

/** A plan of the shots that fill a piece of music, one after the other and without gaps. */
export interface Shots {
  /** Of the sound. */
  durationSeconds: number
  /** Frames per second of the video. */
  frameRate: number
  /** round(durationSeconds × frameRate); the last shot ends there. */
  frameCount: number
  shots: Shot[]
}

/** How much of the picture a shot shows. */
export type Framing = 'wide' | 'medium' | 'close'

export interface Shot {
  /** Whole frames; the first shot starts at 0, and each starts where the one before ends. */
  startFrame: number
  endFrame: number
  /** The same in seconds: frames / frameRate. */
  startSeconds: number
  endSeconds: number
  /** The moment in the music that asks for the cut at its start; what rounding to frames costs is startSeconds less it. */
  markSeconds: number | null
  /** What asks for it. `length`: nothing, but the shot before could not be longer. */
  reason: 'start' | 'section' | 'downbeat' | 'beat' | 'onset' | 'length' | 'hand'
  /** Label of the section it lies in; null where the music has none. */
  section: string | null
  /** Mean loudness within the piece, 0 … 1. */
  energy: number
  /** What should happen; the camera's words included. */
  prompt: string
  /** Among the pictures given, from 0; their number is not known here, so it is counted round. */
  picture: number
  framing: Framing
  /** A whole number below 10¹⁵ in decimal. */
  seed: string
  /** Goes on from the last moment of the shot before, without a cut. */
  continues: boolean
  /** Frames over which the shot before fades into this one; 0 is a hard cut. */
  fadeFrames: number
  locked: boolean
  starred: boolean
}

/** A float32 or int64 tensor, row-major. */
export interface TensorData {
  dims: number[]
  data: Float32Array | BigInt64Array | Int32Array | Uint8Array | Uint16Array
}

/** One ONNX component of a model folder. */
export interface ComponentRef {
  /** Folder of the model. */
  folder: string
  /** Sub-folder within it: `transformer`, `text_encoder` … */
  component: string
  /** Hash over the component's files. */
  sha256: string
  /** Where it has to run; without it, where it was measured to run best. */
  provider?: 'auto' | 'cpu' | 'cuda' | 'webgpu' | 'tensorrt' | 'coreml' | 'dml'
  /** Changes to its weights, in the order of the nodes that add them; they are fed whenever it runs. */
  loras?: LoraRef[]
}

/** A file of low-rank changes to a network's weights. */
export interface LoraRef {
  file: FileHandle
  /** 1: as trained; 0: none; below 0: the opposite. */
  strength: number
}

/** A denoiser that a sampler can step: one expert, or two with a boundary between. */
export interface Model {
  /** Which pipeline adapter understands it: `pocket`, later `wan` … */
  family: string
  /** High-noise expert first. */
  experts: Expert[]
  /** With two experts: timestep ≥ boundary · 1000 goes to the first. */
  boundary: number | null
  /** With two experts, instead of `boundary`: steps before this one go to the first. */
  boundaryStep: number | null
  /** Flow shift of the model's schedule. */
  shift: number
  /** The model's `scheduler_config.json`, where its noise levels are not those of a flow. */
  scheduler?: Record<string, unknown>
  /** What turns its latents into frames, where passing pictures of them can be worked out from it. */
  decoder?: ComponentRef
}

export interface Expert {
  component: ComponentRef
  guidance: number
  /** Longer videos are shown to it in windows. */
  windows?: ContextWindows
}

/** In latent frames. */
export interface ContextWindows {
  length: number
  overlap: number
}

export interface Vae {
  family: string
  /** Picture encoder, where the model has one. */
  encoder: ComponentRef | null
  decoder: ComponentRef
}

export interface TextEncoder {
  family: string
  component: ComponentRef
  /** The model's tokenizer folder. */
  tokenizer: ComponentRef
}

export interface AudioEncoder {
  family: string
  component: ComponentRef
}

/** What steers a denoiser: tensors by the denoiser's input names. */
export interface Conditioning {
  family: string
  positive: Record<string, TensorData>
  /** Inputs that differ in the unconditional pass. */
  negative: Record<string, TensorData>
  /** What words rule out, and how strongly they count; the model's family applies it to the clean latent. */
  limits?: ConditioningLimits
  /** What takes the place of `positive`, `negative` and `limits` from a moment on; in the order of time. */
  later?: LaterConditioning[]
}

export interface ConditioningLimits {
  /** Multiplies everything that moves or lights up; 1 leaves it. */
  weight: number
  /** Parts that are held, by the names that the model's family gives them. */
  held: string[]
}

export interface LaterConditioning extends Pick<Conditioning, 'positive' | 'negative' | 'limits'> {
  startSeconds: number
}

/** A latent video, clean or to be sampled, with the facts its decoder needs. */
export interface Latent {
  family: string
  /** By the denoiser's input names; flattened in this order for the sampler. */
  tensors: Record<string, TensorData>
  /** Latent frames per second. */
  latentRate: number
  /** The clip that decoding makes. */
  video: { width: number; height: number; frameRate: number; frameCount: number }
  /** The picture that the fields are relative to, already covering the frame's aspect. */
  reference: Image | null
  /** Sound envelopes at `rate` per second, for light at frame rate. */
  light: Beats['envelopes'] | null
  /** Beats and downbeats in seconds, for light at frame rate. */
  beats?: Pick<Beats, 'beats' | 'downbeats'> | null
  /** How the shot before ended, where this one goes on from it. */
  start?: LatentStart | null
  /** Of videos that are longer than their model sees at once. */
  clips?: LatentClips
}

/** A latent video that is sampled clip by clip, each clip told how the one before ended. */
export interface LatentClips {
  count: number
  /** Video frames of each clip. */
  framesPerClip: number
  /** Copies of the first frame before it, so that picture and sound agree. */
  leadFrames: number
  /** The first clip goes on from the reference picture. */
  startsFromPicture: boolean
  /** Turns the end of a clip into what the next one is told. */
  vae: Vae
}

/** The last frame of a shot: where its camera stood in the picture, and what was bent and lit. */
export interface LatentStart {
  /** Pan and tilt in widths of the frame, log-zoom, roll in radians. */
  camera: [number, number, number, number]
  /** How the frame sits in its picture, in widths of the frame. */
  fit: { pictureWidth: number; pictureHeight: number; originX: number; originY: number }
  /** Grid of `planes`. */
  rows: number
  columns: number
  /** `[5, rows, columns]`: flow across and down in widths, log-gain, glow, warmth. */
  planes: Float32Array
}

export interface ValueByType {
  IMAGE: Image
  MASK: Mask
  FRAMES: Frames
  VIDEO: VideoFile
  AUDIO: AudioClip
  BEATS: Beats
  SHOTS: Shots
  CURVE: Curve
  LATENT: Latent
  CONDITIONING: Conditioning
  MODEL: Model
  VAE: Vae
  TEXT_ENCODER: TextEncoder
  AUDIO_ENCODER: AudioEncoder
  TEXT: string
  NUMBER: number
  BOOLEAN: boolean
  ANY: unknown
}
