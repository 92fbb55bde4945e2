import type { PortType } from './ports.ts'
import { known, type ValueFacts } from './value-facts.ts'
import type { AudioClip, Beats, Curve, Frames, Image, Latent, Mask, Shots, VideoFile } from './values.ts'

/** What can be told of a finished value at a glance. */
export function factsOfValue(type: PortType, value: unknown): ValueFacts {
  switch (type) {
    case 'IMAGE':
    case 'MASK': {
      const { width, height } = value as Image | Mask
      return { width, height }
    }
    case 'FRAMES':
      return clip(value as Frames)
    case 'LATENT':
      return clip((value as Latent).video)
    case 'VIDEO':
      return { ...clip(value as VideoFile), hasAudio: (value as VideoFile).hasAudio }
    case 'AUDIO': {
      const { durationSeconds, sampleRate, channels } = value as AudioClip
      return { durationSeconds, sampleRate, channels }
    }
    case 'BEATS': {
      const { durationSeconds, tempoBpm } = value as Beats
      return known({ durationSeconds, bpm: tempoBpm ?? undefined })
    }
    case 'SHOTS': {
      const { durationSeconds, frameRate, frameCount, shots } = value as Shots
      return { durationSeconds, frameRate, frameCount, shotCount: shots.length }
    }
    case 'CURVE': {
      const { rate, values } = value as Curve
      return { durationSeconds: values.length / rate }
    }
    case 'NUMBER':
    case 'BOOLEAN':
      return { value: value as number | boolean }
    default:
      return {}
  }
}

function clip({ width, height, frameRate, frameCount }: Omit<Frames, 'frames'>): ValueFacts {
  return { width, height, frameRate, frameCount, durationSeconds: frameCount / frameRate }
}
