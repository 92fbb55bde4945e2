/** What of a clip a negative prompt can hold; signs are those of models/README.md, "Geometry". */
export const HELD_PARTS = [
  'pan left',
  'pan right',
  'tilt up',
  'tilt down',
  'zoom in',
  'zoom out',
  'roll left',
  'roll right',
  'shake',
  'light',
  'glow',
  'warm',
  'cool',
  'subject',
  'scenery',
] as const
export type HeldPart = (typeof HELD_PARTS)[number]

const CAMERA = HELD_PARTS.slice(0, 9)
const COLOUR = ['warm', 'cool'] as const
const LIGHT = ['light', 'glow', ...COLOUR] as const

/** A kind of word, and what it holds; `not` words make the same word mean something else. */
interface Rule {
  words: RegExp
  not?: RegExp
  holds: readonly HeldPart[]
}

/** One of two directions where the words name one, both where they do not. */
const axis = (words: RegExp, first: RegExp, one: HeldPart, second: RegExp, other: HeldPart): Rule[] => [
  { words, not: second, holds: [one] },
  { words, not: first, holds: [other] },
]

const SUBJECT =
  /\b(subjects?|person|people|faces?|facial|body|bodies|sway|danc|bob(s|bing)?\b|nod|bounc|breath|warp|distort|deform|morph|hair|cloth)|[人脸面]|主体|摇摆|跳舞|点头|变形|扭曲|头发|衣|身体/
const CAMERA_MOVES =
  /\b(shak|jitter|hand-?held|wobbl|unstable|zoom|dolly|push|pull|pan(s|ned|ning)?\b|tilt|roll|rotat|spin|orbit)|抖|晃|手持|推|拉|缩放|变焦|放大|缩小|平移|横移|摇镜|俯|仰|[左右上下]移|向[左右上下]|旋转|转动|环绕/

/** Read from the top; every rule that fits counts. Word beginnings in English, so `flick` is flicker and flickering. */
const RULES: Rule[] = [
  { words: /\b(shak|jitter|hand-?held|wobbl|unstable)|抖|晃|手持/, not: SUBJECT, holds: ['shake'] },
  ...axis(
    /\b(zoom|dolly|push|pull)|推|拉|缩放|变焦|放大|缩小/,
    /\bin\b|push|推|拉近|放大/,
    'zoom in',
    /\b(out|back|away)\b|pull|拉远|拉开|拉出|缩小/,
    'zoom out',
  ),
  ...axis(
    /\b(pan(s|ned|ning)?\b|slid)|平移|横移|摇镜|[左右]移|向[左右]/,
    /\bleft|左/,
    'pan left',
    /\bright|右/,
    'pan right',
  ),
  ...axis(/\btilt|俯|仰|[上下]移|向[上下]/, /\bup|仰|上/, 'tilt up', /\bdown|俯|下/, 'tilt down'),
  ...axis(
    /\b(roll|rotat|spin)|旋转|转动/,
    /counter|anti|逆时针|左/,
    'roll left',
    /(?<!counter-?|anti-?)\bclockwise|顺时针|右/,
    'roll right',
  ),
  { words: /\borbit|环绕/, holds: ['pan left', 'pan right', 'scenery'] },
  { words: /\bcamera|镜头|机位|相机|运镜/, not: CAMERA_MOVES, holds: CAMERA },
  {
    words: /\b(motion|mov(e|es|ing|ement)|animat)|运动|移动|动态/,
    not: new RegExp(`camera|镜头|机位|相机|${SUBJECT.source}|${CAMERA_MOVES.source}`),
    holds: [...CAMERA, 'subject', 'scenery'],
  },
  { words: /\b(glow|bloom|halo)|光晕|辉光|发光/, holds: ['glow'] },
  { words: /\b(flicker|flash|strob|puls|blink|bright|exposure)|闪|频闪|脉动|亮度/, holds: ['light', 'glow'] },
  {
    words: /\b(light|lights|lighting)\b|灯|光/,
    not: /\b(glow|flicker|flash|strob|puls|blink|bright|warm|cool)|光晕|辉光|发光|闪|脉动|暖|冷/,
    holds: LIGHT,
  },
  { words: /\b(warm|orange|sunrise|sunset)|暖|日出/, holds: ['warm'] },
  { words: /\b(cool|cold|blue|bluish)\b|冷|蓝/, holds: ['cool'] },
  { words: /\b(colou?r|hue|tint|neon)|色|霓虹/, not: /\b(warm|cool|cold|blue|orange)|暖|冷/, holds: COLOUR },
  { words: SUBJECT, holds: ['subject'] },
  {
    words: /\b(ripple|water|wave|lea(f|ves)|smoke|fog|parallax|background)|涟漪|水|浪|叶|烟|雾|背景|视差/,
    holds: ['scenery'],
  },
]

export interface Held {
  parts: HeldPart[]
  /** Pieces of the prompt that name nothing the model makes. */
  unknown: string[]
}

/** What a negative prompt holds still, in English and Chinese. `no flicker` there means the same as `flicker`. */
export function heldParts(negative: string): Held {
  const pieces = negative
    .toLowerCase()
    .normalize('NFKC')
    .split(/[,.;:!?\n、，。；：！？]|\band\b|\bor\b|和|与|或/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  const parts = new Set<HeldPart>()
  const unknown: string[] = []
  for (const piece of pieces) {
    const rules = RULES.filter(({ words, not }) => words.test(piece) && !not?.test(piece))
    if (rules.length === 0) unknown.push(piece)
    for (const { holds } of rules) for (const part of holds) parts.add(part)
  }
  return { parts: HELD_PARTS.filter((part) => parts.has(part)), unknown }
}
