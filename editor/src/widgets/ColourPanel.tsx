import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
import { HexColorPicker } from 'react-colorful'

interface ColourPanelProps {
  label: string
  colour: string
  trigger: RefObject<HTMLButtonElement | null>
  onChange(colour: string): void
  onClose(): void
}

/** The open colour picker: saturation, lightness and hue by pointer or arrow keys. */
export function ColourPanel({ label, colour, trigger, onChange, onClose }: ColourPanelProps) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={trigger as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          className="menu colour-panel"
          sideOffset={6}
          align="start"
          collisionPadding={8}
          aria-label={label}
          onKeyDown={(event) => event.stopPropagation()}
          onInteractOutside={(event) => {
            if (trigger.current?.contains(event.target as Node)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            trigger.current?.focus()
          }}
        >
          <HexColorPicker color={colour} onChange={onChange} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
