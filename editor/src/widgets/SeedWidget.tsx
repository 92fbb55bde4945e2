import { Dices, Pin, RefreshCw } from 'lucide-react'
import { useText } from '../i18n/index.ts'
import { useRun } from '../run/run-store.ts'
import { IconButton } from '../ui/Button.tsx'
import { useView } from '../view/view-store.ts'
import { randomSeed } from './random-seed.ts'
import { rolls, setRolling } from './rolling-seeds.ts'
import type { WidgetProps } from './widget.ts'

const MAX_SEED = 2n ** 64n - 1n

/**
 * A seed is a decimal string, 0 to 2^64 − 1, since a number would lose its last digits. The dice give each run a new
 * one, the pin keeps it; below stands the seed of the result on screen.
 */
export function SeedWidget({ id, value, label, onChange, onDone, node, param, disabled }: WidgetProps) {
  const t = useText()
  const rolling = useView((state) => rolls(state.rollingSeeds, node, param.name))
  const seed = String(value ?? '')
  const tooLarge = seed !== '' && BigInt(seed) > MAX_SEED
  return (
    <div className="seed nodrag">
      <div className="seed-row">
        <input
          id={id}
          className="field"
          type="text"
          inputMode="numeric"
          aria-label={label}
          aria-invalid={tooLarge || seed === ''}
          disabled={disabled}
          value={seed}
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
          <RefreshCw size={15} />
        </IconButton>
        <IconButton
          label={t('seed.eachRun')}
          aria-pressed={rolling}
          onClick={() => setRolling(node, param.name, !rolling)}
        >
          <Dices size={16} />
        </IconButton>
        <IconButton label={t('seed.keep')} aria-pressed={!rolling} onClick={() => setRolling(node, param.name, false)}>
          <Pin size={15} />
        </IconButton>
      </div>
      {tooLarge && <span className="field-problem">{t('widget.atMost', { max: String(MAX_SEED) })}</span>}
      <SeedOfResult node={node} param={param.name} seed={seed} fallback={param.default} onUse={onChange} />
    </div>
  )
}

interface SeedOfResultProps {
  node: string
  param: string
  seed: string
  fallback: unknown
  onUse(seed: string): void
}

/** Which seed made what is on screen, and back to it with one press. */
function SeedOfResult({ node, param, seed, fallback, onUse }: SeedOfResultProps) {
  const t = useText()
  const made = useRun(({ run, workflow }) => {
    const ran = workflow?.nodes[node]
    return run && ran && !ran.links[param] ? String(ran.params[param] ?? fallback) : null
  })
  if (made === null) return null
  return (
    <span className="seed-result">
      {made === seed ? t('seed.same') : t('seed.result', { seed: made })}
      {made !== seed && (
        <button type="button" className="inline-fix" onClick={() => onUse(made)}>
          {t('seed.use')}
        </button>
      )}
    </span>
  )
}
