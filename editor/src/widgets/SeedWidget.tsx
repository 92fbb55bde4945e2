import { Dices, Repeat } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { changeSettings, useView } from '../view/view-store.ts'
import { randomSeed } from './random-seed.ts'
import type { WidgetProps } from './widget.ts'

/** A seed is a decimal string, 0 to 2^64 − 1, since a number would lose its last digits. */
export function SeedWidget({ id, value, label, onChange, onDone, address }: WidgetProps) {
  const t = useText()
  const rolling = useView((state) => state.rollingSeeds)
  const rolls = rolling.includes(address)
  return (
    <div className="seed nodrag">
      <input
        id={id}
        className="field"
        type="text"
        inputMode="numeric"
        aria-label={label}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value.replaceAll(/\D/g, '').slice(0, 20))}
        onBlur={onDone}
      />
      <IconButton
        label={t('seed.roll')}
        onClick={() => {
          onChange(randomSeed())
          onDone()
        }}
      >
        <Dices size={16} />
      </IconButton>
      <IconButton
        label={t('seed.eachRun')}
        aria-pressed={rolls}
        onClick={() =>
          changeSettings({ rollingSeeds: rolls ? rolling.filter((item) => item !== address) : [...rolling, address] })
        }
      >
        <Repeat size={16} />
      </IconButton>
    </div>
  )
}
