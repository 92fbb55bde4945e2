import { Ban, Check } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../i18n/index.ts'
import { filterOptions } from './filter-options.ts'
import type { PickerOption } from './Picker.tsx'

interface PickerListProps {
  id: string
  label: string
  value: string
  options: readonly PickerOption[]
  /** What was typed on the closed picker. */
  typed: string
  trigger: RefObject<HTMLButtonElement | null>
  onPick(value: string): void
  onClose(): void
}

/** The open list of a picker: a field that filters, and below it what fits. */
export function PickerList({ id, label, value, options, typed, trigger, onPick, onClose }: PickerListProps) {
  const t = useText()
  const [query, setQuery] = useState(typed)
  const shown = useMemo(() => filterOptions(options, query), [options, query])
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      shown.findIndex((option) => option.value === value),
    ),
  )
  const list = useRef<HTMLDivElement>(null)
  const at = Math.min(active, shown.length - 1)
  useEffect(() => {
    list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  function onKeyDown(event: React.KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    // Keys pressed here are none of the canvas's shortcuts.
    event.stopPropagation()
    if (by !== undefined) {
      event.preventDefault()
      setActive(Math.max(0, Math.min(shown.length - 1, at + by)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const option = shown[at]
      if (option && !option.unavailable) onPick(option.value)
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      onClose()
    }
  }

  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={trigger as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          className="menu picker"
          sideOffset={4}
          align="start"
          collisionPadding={8}
          aria-label={label}
          style={{ minWidth: trigger.current?.getBoundingClientRect().width }}
          onKeyDown={onKeyDown}
          onInteractOutside={(event) => {
            if (trigger.current?.contains(event.target as Node)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            trigger.current?.focus()
          }}
        >
          <input
            className="field picker-search"
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={id}
            aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
            aria-label={t('picker.search', { name: label })}
            placeholder={t('picker.placeholder')}
            spellCheck={false}
            autoComplete="off"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setActive(0)
            }}
          />
          <div className="picker-list" id={id} role="listbox" aria-label={label} ref={list}>
            {shown.map((option, index) => (
              <Item
                key={option.value}
                id={`${id}-${index}`}
                index={index}
                option={option}
                active={index === at}
                chosen={option.value === value}
                onPick={onPick}
              />
            ))}
            {shown.length === 0 && <p className="picker-empty">{t('picker.none')}</p>}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ItemProps {
  id: string
  index: number
  option: PickerOption
  active: boolean
  chosen: boolean
  onPick(value: string): void
}

function Item({ id, index, option, active, chosen, onPick }: ItemProps) {
  const second = option.unavailable ?? option.note
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above moves through the list and picks by key.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      className="menu-item picker-item"
      data-index={index}
      data-active={active}
      aria-selected={chosen}
      aria-disabled={option.unavailable ? true : undefined}
      onClick={() => !option.unavailable && onPick(option.value)}
    >
      <span className="picker-text">
        <span>{option.label}</span>
        {second && <span className="picker-note">{second}</span>}
      </span>
      {chosen && <Check size={14} aria-hidden="true" />}
      {option.unavailable && !chosen && <Ban size={14} aria-hidden="true" />}
    </div>
  )
}
