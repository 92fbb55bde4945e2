import type { AskedMove, Axis } from './camera-speed.ts'

export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]
export const IN_WORDS: Record<Language, string> = { en: 'English', zh: 'Chinese' }
export type Words = Record<Language, string>

export interface CameraPrompt {
  words: Words
  asked: AskedMove[]
}

const move = (axis: Axis, sign: 1 | -1): AskedMove => ({ axis, sign })

export const DIRECTIONS: CameraPrompt[] = [
  { words: { en: 'pan right', zh: '镜头向右平移' }, asked: [move('pan', 1)] },
  { words: { en: 'pan left', zh: '镜头向左平移' }, asked: [move('pan', -1)] },
  { words: { en: 'tilt down', zh: '镜头向下摇' }, asked: [move('tilt', 1)] },
  { words: { en: 'tilt up', zh: '镜头向上摇' }, asked: [move('tilt', -1)] },
  { words: { en: 'zoom in', zh: '镜头推近' }, asked: [move('zoom', 1)] },
  { words: { en: 'zoom out', zh: '镜头拉远' }, asked: [move('zoom', -1)] },
  { words: { en: 'the camera rolls clockwise', zh: '镜头顺时针旋转' }, asked: [move('roll', 1)] },
  { words: { en: 'the camera rolls counterclockwise', zh: '镜头逆时针旋转' }, asked: [move('roll', -1)] },
]

/** Two moves at once, and one move beside something else: sixteen. */
export const COMBINATIONS: CameraPrompt[] = [
  { words: { en: 'zoom in and pan left', zh: '镜头推近并向左平移' }, asked: [move('zoom', 1), move('pan', -1)] },
  { words: { en: 'pan right, tilt up', zh: '镜头向右平移，镜头向上摇' }, asked: [move('pan', 1), move('tilt', -1)] },
  {
    words: { en: 'zoom out while the camera rolls clockwise', zh: '镜头拉远，同时镜头顺时针旋转' },
    asked: [move('zoom', -1), move('roll', 1)],
  },
  {
    words: { en: 'tilt down, the camera rolls counterclockwise', zh: '镜头向下摇，镜头逆时针旋转' },
    asked: [move('tilt', 1), move('roll', -1)],
  },
  {
    words: { en: 'pan left and the light pulses on the beat', zh: '镜头向左平移，灯光随节拍跳动' },
    asked: [move('pan', -1)],
  },
  { words: { en: 'she sways to the music, zoom out', zh: '她随音乐摇摆，镜头拉远' }, asked: [move('zoom', -1)] },
  { words: { en: 'warm light, tilt up', zh: '温暖的光线，镜头向上摇' }, asked: [move('tilt', -1)] },
  {
    words: { en: 'the highlights glow on the beat, the camera rolls clockwise', zh: '高光随节拍发光，镜头顺时针旋转' },
    asked: [move('roll', 1)],
  },
  { words: { en: 'zoom out and pan right', zh: '镜头拉远并向右平移' }, asked: [move('zoom', -1), move('pan', 1)] },
  { words: { en: 'zoom in and tilt up', zh: '镜头推近并向上摇' }, asked: [move('zoom', 1), move('tilt', -1)] },
  { words: { en: 'pan left and tilt down', zh: '镜头向左平移并向下摇' }, asked: [move('pan', -1), move('tilt', 1)] },
  {
    words: { en: 'zoom in, the camera rolls clockwise', zh: '镜头推近，镜头顺时针旋转' },
    asked: [move('zoom', 1), move('roll', 1)],
  },
  {
    words: {
      en: 'pan right while the camera rolls counterclockwise',
      zh: '镜头向右平移，同时镜头逆时针旋转',
    },
    asked: [move('pan', 1), move('roll', -1)],
  },
  {
    words: { en: 'the highlights glow with the bass, pan right', zh: '高光随低音发光，镜头向右平移' },
    asked: [move('pan', 1)],
  },
  { words: { en: 'she nods to the beat, zoom in', zh: '她随节拍点头，镜头推近' }, asked: [move('zoom', 1)] },
  { words: { en: 'cool blue light, tilt down', zh: '冷色光线，镜头向下摇' }, asked: [move('tilt', 1)] },
]

export interface SpeedPrompt {
  axis: Axis
  /** Slow, normal, fast. */
  words: Record<Language, [string, string, string]>
}

export const SPEEDS: SpeedPrompt[] = [
  {
    axis: 'pan',
    words: {
      en: ['pan slowly right', 'pan right', 'pan quickly right'],
      zh: ['镜头缓慢向右平移', '镜头向右平移', '镜头快速向右平移'],
    },
  },
  {
    axis: 'zoom',
    words: { en: ['zoom in slowly', 'zoom in', 'zoom in quickly'], zh: ['镜头缓慢推近', '镜头推近', '镜头快速推近'] },
  },
  {
    axis: 'tilt',
    words: {
      en: ['the camera tilts slowly up', 'the camera tilts up', 'the camera tilts quickly up'],
      zh: ['镜头缓慢向上摇', '镜头向上摇', '镜头快速向上摇'],
    },
  },
  {
    axis: 'roll',
    words: {
      en: ['the camera rolls slowly clockwise', 'the camera rolls clockwise', 'the camera rolls quickly clockwise'],
      zh: ['镜头缓慢顺时针旋转', '镜头顺时针旋转', '镜头快速顺时针旋转'],
    },
  },
]

export const ON_THE_BEAT: Words = {
  en: 'static camera, the light pulses on the beat',
  zh: '固定镜头，灯光随节拍跳动',
}

export const STILL: Words[] = [
  { en: 'a still photograph', zh: '静止画面' },
  { en: 'no motion', zh: '完全静止' },
]

/** Words about light, as strong as people write them. */
export const LIGHTS: Words[] = [
  { en: 'strobe light on every beat', zh: '灯光随节拍爆闪' },
  { en: 'strong white flashes on the beat', zh: '画面随节拍强烈闪光' },
  { en: 'the lights flash with the hi-hats', zh: '灯光随踩镲闪烁' },
  { en: 'the light pulses strongly on the beat', zh: '灯光随节拍强烈跳动' },
  { en: 'neon lights pulse on the beat', zh: '霓虹随节拍脉动' },
  { en: 'the highlights glow strongly on the beat', zh: '高光随节拍强烈发光' },
  { en: 'flickering light', zh: '灯光忽明忽暗' },
  { en: 'the colours change on the beat', zh: '色彩随节拍变换' },
]

export interface LightPrompt {
  words: Words
  /** Of the last second against the first frame: brightness, or red over blue. */
  of: 'brightness' | 'warmth'
  sign: 1 | -1
}

export const TINTS: LightPrompt[] = [
  { words: { en: 'static camera, warm light', zh: '固定镜头，温暖的光线' }, of: 'warmth', sign: 1 },
  { words: { en: 'static camera, cool blue light', zh: '固定镜头，冷色光线' }, of: 'warmth', sign: -1 },
  { words: { en: 'static camera, the picture gets brighter', zh: '固定镜头，画面变亮' }, of: 'brightness', sign: 1 },
  { words: { en: 'static camera, the picture gets darker', zh: '固定镜头，画面变暗' }, of: 'brightness', sign: -1 },
  { words: { en: 'static camera, sunrise', zh: '固定镜头，日出' }, of: 'brightness', sign: 1 },
]

export const STABLE_FACE_PAN: Words = {
  en: 'stable face, pan right, soft glow on the beat',
  zh: '面部稳定，镜头向右平移，随节拍发光',
}

export const STABLE_FACE: Words = {
  en: 'stable face, zoom in slowly, the light pulses on the beat',
  zh: '面部稳定，镜头缓慢推近，灯光随节拍跳动',
}

/** What the measure of faces must notice. */
export const MOVING_FACE = 'she nods her head strongly to the beat'
