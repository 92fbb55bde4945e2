import { chance } from './shot-random.ts'

type Axis = 'zoom' | 'pan' | 'tilt' | 'orbit' | 'roll'

/** Moves that the model in the box was taught, with words that it was taught: `{}` is where how fast it goes is said. */
const MOVES = {
  'zoom in': { axis: 'zoom', english: 'zoom in{}', chinese: '镜头{}推近' },
  'zoom out': { axis: 'zoom', english: 'zoom out{}', chinese: '镜头{}拉远' },
  'pan left': { axis: 'pan', english: 'pan left{}', chinese: '镜头{}向左摇' },
  'pan right': { axis: 'pan', english: 'pan right{}', chinese: '镜头{}向右摇' },
  'tilt up': { axis: 'tilt', english: 'tilt up{}', chinese: '镜头{}向上摇' },
  'tilt down': { axis: 'tilt', english: 'tilt down{}', chinese: '镜头{}向下摇' },
  'orbit left': { axis: 'orbit', english: 'orbit{} to the left', chinese: '镜头{}向左环绕' },
  'orbit right': { axis: 'orbit', english: 'orbit{} to the right', chinese: '镜头{}向右环绕' },
  'roll left': { axis: 'roll', english: 'roll{} to the left', chinese: '镜头{}逆时针旋转' },
  'roll right': { axis: 'roll', english: 'roll{} to the right', chinese: '镜头{}顺时针旋转' },
} as const satisfies Record<string, { axis: Axis; english: string; chinese: string }>

export type CameraMove = keyof typeof MOVES
export const CAMERA_MOVES = Object.keys(MOVES) as CameraMove[]

/** A horizon that turns is for those who ask for it. */
export const USUAL_MOVES = CAMERA_MOVES.filter((move) => MOVES[move].axis !== 'roll')

const OPPOSITE: Record<CameraMove, CameraMove> = {
  'zoom in': 'zoom out',
  'zoom out': 'zoom in',
  'pan left': 'pan right',
  'pan right': 'pan left',
  'tilt up': 'tilt down',
  'tilt down': 'tilt up',
  'orbit left': 'orbit right',
  'orbit right': 'orbit left',
  'roll left': 'roll right',
  'roll right': 'roll left',
}

/** Loudness below and above which the camera is slow and fast. */
const SLOW_BELOW = 0.35
const FAST_ABOVE = 0.7
const ENGLISH_SPEEDS = ['', ' slowly', ' quickly']
const CHINESE_SPEEDS = ['', '缓慢', '快速']
const HAN = /\p{Script=Han}/u

/** Words that only a camera's doing, or its rest, is described with: rolling hills and a spinning record are none. */
const SPEED = '(?:slowly |quickly |gently |fast )?'
const NAMES_CAMERA = new RegExp(
  [
    String.raw`\b(?:camera|zoom(?:s|ed|ing)?|dolly|dollies|orbit(?:s|ing)?|tilt(?:s|ed|ing)?|whip pan|hand-?held|tripod|crane shot)\b`,
    String.raw`\b(?:tracking|static|fixed|arc|locked-?off) shot\b|\b(?:static|motionless|frozen|no motion|nothing moves)\b`,
    String.raw`\b(?:push(?:es|ing)? in|pull(?:s|ing)? (?:back|out))\b`,
    String.raw`\b(?:pan(?:s|ned|ning)?|truck|crane|roll(?:s|ing)?|rotat(?:es?|ing)) ${SPEED}(?:to the )?(?:left|right|up|down|clockwise|counter-?clockwise|anti-?clockwise)\b`,
    String.raw`\b(?:left|right|slow|fast|quick|slowly|quickly) pan\b|\bpanning\b`,
    String.raw`^still$|\b(?:hold|holds|stay|stays|keep|completely|perfectly) (?:everything )?still\b|\bstill (?:image|photo|photograph)\b`,
    '镜头|机位|相机|运镜|推近|推进|拉近|拉远|平移|摇镜|[左右上下][摇移]|[左右]环绕|环绕(?:主体|拍摄)|时针|手持|静止|静态|定格|不动|变焦|放大|缩小',
  ].join('|'),
  'iu',
)

export const namesCamera = (prompt: string): boolean => NAMES_CAMERA.test(prompt)

/** Words for a move, at the speed that suits how loud it is. */
function cameraWords(move: CameraMove, energy: number, isChinese: boolean): string {
  const speed = energy < SLOW_BELOW ? 1 : energy > FAST_ABOVE ? 2 : 0
  const { english, chinese } = MOVES[move]
  return isChinese
    ? chinese.replace('{}', CHINESE_SPEEDS[speed] as string)
    : english.replace('{}', ENGLISH_SPEEDS[speed] as string)
}

/** The prompt with a camera move behind it, in its own language. `isChinese` decides for a prompt without words. */
export function withCamera(prompt: string, move: CameraMove, energy: number, isChinese: boolean): string {
  if (prompt === '') return cameraWords(move, energy, isChinese)
  const inChinese = HAN.test(prompt)
  return `${prompt}${inChinese ? '，' : ', '}${cameraWords(move, energy, inChinese)}`
}

export const isChineseText = (text: string): boolean => HAN.test(text)

/** The same prompt with the camera going the other way, where its last words are a move of this list. */
export function turnedCamera(prompt: string): string {
  for (const move of CAMERA_MOVES) {
    for (const isChinese of [false, true]) {
      for (const energy of [0, 0.5, 1]) {
        const words = cameraWords(move, energy, isChinese)
        if (!prompt.endsWith(words)) continue
        const lead = prompt.slice(0, -words.length)
        if (lead === '' || /[,，]\s*$/.test(lead)) return lead + cameraWords(OPPOSITE[move], energy, isChinese)
      }
    }
  }
  return prompt
}

/** The move that a prompt names first, as far as this list knows it. */
export function namedMove(prompt: string): CameraMove | null {
  const text = prompt.toLowerCase()
  const found = CAMERA_MOVES.filter(
    (move) => text.includes(move) || prompt.includes(MOVES[move].chinese.replace('镜头{}', '')),
  )
  return found[0] ?? null
}

/** Chooses one move after the other: never the same twice running, seldom along the same axis, and back where it went. */
export class CameraWalk {
  readonly #moves: readonly CameraMove[]
  readonly #seed: string
  #last: CameraMove | null = null
  readonly #lastOfAxis = new Map<Axis, CameraMove>()

  constructor(moves: readonly CameraMove[], seed: string) {
    this.#moves = CAMERA_MOVES.filter((move) => moves.includes(move))
    this.#seed = seed
  }

  /** @param index number of the shot; null where no moves may be chosen. */
  next(index: number): CameraMove | null {
    let best: CameraMove | null = null
    let bestWorth = Number.NEGATIVE_INFINITY
    for (const move of this.#moves) {
      const { axis } = MOVES[move]
      const sameMove = move === this.#last ? 9 : 0
      const sameAxis = this.#last && MOVES[this.#last].axis === axis ? 0.4 : 0
      const sameWay = this.#lastOfAxis.get(axis) === move ? 0.5 : 0
      const worth = chance(this.#seed, 'camera', index, move) - sameMove - sameAxis - sameWay
      if (worth > bestWorth) [best, bestWorth] = [move, worth]
    }
    if (best) this.took(best)
    return best
  }

  /** A prompt named this move itself. */
  took(move: CameraMove | null): void {
    this.#last = move
    if (move) this.#lastOfAxis.set(MOVES[move].axis, move)
  }
}
