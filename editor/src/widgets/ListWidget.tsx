import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useText } from '../i18n/index.ts'
import { ToolButton } from '../ui/ToolButton.tsx'
import type { WidgetProps } from './widget.ts'

/**
 * A list of lines. Enter adds one below, Backspace in an empty one removes it, Alt+↑↓ moves it; several pasted lines
 * become several entries.
 */
export function ListWidget({ id, param, value, label, onChange, onDone, disabled }: WidgetProps) {
  const t = useText()
  const root = useRef<HTMLOListElement>(null)
  const saved = (Array.isArray(value) ? value : []).map(String)
  const lines = saved.length > 0 ? saved : ['']
  const { maxItems = Number.POSITIVE_INFINITY } = param.schema as { maxItems?: number }

  function put(next: string[], focus?: number): void {
    const change = () => onChange(next.slice(0, maxItems))
    if (focus === undefined) {
      change()
      return
    }
    // At once: the next letter typed is meant for the row that has the focus then.
    flushSync(change)
    root.current?.querySelectorAll('input')[focus]?.focus()
  }
  function move(from: number, to: number): void {
    if (to < 0 || to >= lines.length) return
    const next = [...lines]
    next.splice(to, 0, ...next.splice(from, 1))
    put(next, to)
    onDone()
  }
  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>, index: number): void {
    if (event.key === 'Enter') put(lines.toSpliced(index + 1, 0, ''), index + 1)
    else if (event.key === 'Backspace' && lines[index] === '' && lines.length > 1)
      put(lines.toSpliced(index, 1), Math.max(0, index - 1))
    else if (event.altKey && event.key === 'ArrowUp') move(index, index - 1)
    else if (event.altKey && event.key === 'ArrowDown') move(index, index + 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function onPaste(event: React.ClipboardEvent<HTMLInputElement>, index: number): void {
    const pasted = event.clipboardData.getData('text').split(/\r?\n/).filter(Boolean)
    if (pasted.length < 2) return
    event.preventDefault()
    event.stopPropagation()
    put(lines.toSpliced(index, lines[index] === '' ? 1 : 0, ...pasted), index + pasted.length - 1)
    onDone()
  }

  return (
    <div className="list-widget nodrag">
      <ol ref={root} aria-label={label}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may be equal; their place is all that tells them apart.
          <li key={index}>
            <span className="list-number" aria-hidden="true">
              {index + 1}
            </span>
            <input
              id={index === 0 ? id : undefined}
              className="field"
              type="text"
              spellCheck={false}
              disabled={disabled}
              aria-label={t('list.line', { name: label, n: index + 1 })}
              value={line}
              onChange={(event) => put(lines.with(index, event.target.value))}
              onKeyDown={(event) => onKeyDown(event, index)}
              onPaste={(event) => onPaste(event, index)}
              onBlur={onDone}
            />
            <span className="list-tools">
              <ToolButton
                className="param-tool"
                label={t('list.up', { n: index + 1 })}
                off={index === 0}
                onClick={() => move(index, index - 1)}
              >
                <ArrowUp size={12} />
              </ToolButton>
              <ToolButton
                className="param-tool"
                label={t('list.down', { n: index + 1 })}
                off={index === lines.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <ArrowDown size={12} />
              </ToolButton>
              <ToolButton
                className="param-tool"
                label={t('list.remove', { n: index + 1 })}
                off={saved.length === 0}
                onClick={() => {
                  put(lines.toSpliced(index, 1))
                  onDone()
                }}
              >
                <X size={12} />
              </ToolButton>
            </span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="list-add"
        disabled={disabled || lines.length >= maxItems}
        onClick={() => put([...lines, ''], lines.length)}
      >
        <Plus size={13} aria-hidden="true" />
        {t('list.add')}
      </button>
    </div>
  )
}
