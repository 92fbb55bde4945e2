export type ShotCommand =
  | { do: 'select'; by: 1 | -1 }
  | { do: 'end'; last: boolean }
  | { do: 'start'; by: 1 | -1; step: 'beat' | 'frame' }
  | { do: 'head'; seconds: number }
  | { do: 'split' | 'join' | 'seed' | 'lock' | 'star' | 'words' | 'play' }

type Keys = Pick<React.KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>

const ARROWS: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowRight: 1 }
const HEAD_SECONDS = 0.1
const LETTERS: Record<string, ShotCommand> = {
  KeyS: { do: 'split' },
  KeyJ: { do: 'join' },
  KeyR: { do: 'seed' },
  KeyL: { do: 'lock' },
  KeyF: { do: 'star' },
}

/** What a key asks of the strip; null where it asks nothing of it. */
export function shotCommand({ key, code, altKey, shiftKey, ctrlKey, metaKey }: Keys): ShotCommand | null {
  const by = ARROWS[key]
  if (by) {
    if (ctrlKey || metaKey) return { do: 'head', seconds: by * HEAD_SECONDS }
    if (altKey) return { do: 'start', by, step: 'frame' }
    return shiftKey ? { do: 'start', by, step: 'beat' } : { do: 'select', by }
  }
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'Home' || key === 'End') return { do: 'end', last: key === 'End' }
  if (key === 'Enter') return { do: 'words' }
  if (key === ' ') return { do: 'play' }
  return LETTERS[code] ?? null
}
