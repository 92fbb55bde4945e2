import { type ShotTextProblem, shotsToText, textToShotEdits } from '@beatloom/core'
import { useId, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { Button } from '../ui/Button.tsx'
import type { PlanSettings } from './shot-plan.ts'
import type { ShotEdits } from './use-shot-edits.ts'

interface ShotTextProps {
  edits: ShotEdits
  settings: PlanSettings
  disabled: boolean
}

/** The plan as text, one line a shot; taken over as a whole, and not while a line is wrong. */
export function ShotText({ edits, settings, disabled }: ShotTextProps) {
  const t = useText()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [problems, setProblems] = useState<readonly ShotTextProblem[]>([])
  const text = typed ?? shotsToText(edits.plan)

  function keep(): void {
    if (typed === null || disabled) return
    const read = textToShotEdits(typed, edits.planned, settings.framing)
    setProblems(read.problems)
    if (read.problems.length > 0) return
    edits.put(read.edits)
    setTyped(null)
  }
  function goTo(line: number): void {
    const lines = text.split('\n')
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
    field.current?.focus()
    field.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  }
  return (
    <div className="shot-text">
      <textarea
        ref={field}
        className="field nowheel"
        rows={8}
        wrap="off"
        spellCheck={false}
        disabled={disabled}
        aria-label={t('shots.text')}
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? id : undefined}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value)
          setProblems([])
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          keep()
        }}
      />
      {problems.length > 0 && (
        <ul id={id} className="shot-problems" role="alert" aria-label={t('shots.problems')}>
          {problems.map(({ line, message }) => (
            <li key={`${line}:${message}`}>
              <button type="button" onClick={() => goTo(line)}>
                {say(message)}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button size="small" disabled={disabled || typed === null} onClick={keep}>
        {t('shots.textKeep')}
      </Button>
    </div>
  )
}
