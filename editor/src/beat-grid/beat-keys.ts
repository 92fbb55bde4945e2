export type BeatCommand =
  | { do: 'select'; by: 1 | -1 }
  | { do: 'end'; by: 1 | -1 }
  | { do: 'nudge'; seconds: number }
  | { do: 'head'; seconds: number }
  | { do: 'remove' | 'add' | 'downbeat' | 'tap' | 'play' | 'leave' }
  | { do: 'zoom'; factor: number }

type Keys = Pick<React.KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>

const ARROWS: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowRight: 1 }
/** Shift moves by what one hears, Alt by less. */
const COARSE_SECONDS = 0.01
const FINE_SECONDS = 0.001
const HEAD_SECONDS = 0.1

/** What a key asks of the beat grid; null where it asks nothing of it. */
export function beatCommand({ key, code, altKey, shiftKey, ctrlKey, metaKey }: Keys): BeatCommand | null {
  const by = ARROWS[key]
  if (by) {
    if (ctrlKey || metaKey) return { do: 'head', seconds: by * HEAD_SECONDS }
    if (altKey) return { do: 'nudge', seconds: by * FINE_SECONDS }
    return shiftKey ? { do: 'nudge', seconds: by * COARSE_SECONDS } : { do: 'select', by }
  }
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'Home' || key === 'End') return { do: 'end', by: key === 'Home' ? 1 : -1 }
  if (key === 'Delete' || key === 'Backspace') return { do: 'remove' }
  if (key === 'Enter') return { do: 'add' }
  if (key === ' ') return { do: 'play' }
  if (key === 'Escape') return { do: 'leave' }
  if (key === '+' || key === '=') return { do: 'zoom', factor: 2 }
  if (key === '-') return { do: 'zoom', factor: 0.5 }
  if (code === 'KeyD') return { do: 'downbeat' }
  return code === 'KeyT' ? { do: 'tap' } : null
}
