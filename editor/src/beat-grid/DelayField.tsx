import { useId } from 'react'
import { useText } from '../i18n/index.ts'
import { NumberBox } from '../widgets/NumberBox.tsx'
import type { BeatEdits } from './use-beat-edits.ts'

const MOST_MS = 2000

/** By how many milliseconds all beats are later since the last other change; below zero they are earlier. */
export function DelayField({ edits, disabled }: { edits: BeatEdits; disabled: boolean }) {
  const t = useText()
  const id = useId()
  const last = edits.edits.at(-1)
  const now = last?.do === 'delay' ? Math.round(last.seconds * 1e4) / 10 : 0

  function keep(ms: number): void {
    const rest = last?.do === 'delay' ? edits.edits.slice(0, -1) : edits.edits
    edits.put(ms === 0 ? rest : [...rest, { do: 'delay', seconds: Math.round(ms * 10) / 1e4 }])
  }
  return (
    <span className="beat-delay">
      <label htmlFor={id}>{t('beatGrid.delay')}</label>
      <NumberBox id={id} value={now} min={-MOST_MS} max={MOST_MS} step={1} disabled={disabled} onKeep={keep} />
    </span>
  )
}
