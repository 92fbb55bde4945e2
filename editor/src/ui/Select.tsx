import { Check, ChevronDown } from 'lucide-react'
import { Select as Primitive } from 'radix-ui'

interface SelectProps {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange(value: string): void
  id?: string
  placeholder?: string
}

export function Select({ label, value, options, onChange, id, placeholder }: SelectProps) {
  return (
    <Primitive.Root value={value} onValueChange={onChange}>
      <Primitive.Trigger className="select nodrag" aria-label={label} id={id}>
        <Primitive.Value placeholder={placeholder ?? value} />
        <Primitive.Icon>
          <ChevronDown size={14} />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="menu" position="popper" sideOffset={4}>
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item key={option.value} value={option.value} className="menu-item">
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                <Primitive.ItemIndicator className="menu-tail">
                  <Check size={14} />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
