import type { Shot } from '@beatloom/core'
import { Dices, Lock, Scissors, Star, UnfoldHorizontal } from 'lucide-react'
import { useId } from 'react'
import { useText } from '../i18n/index.ts'
import { IconButton } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Toggle } from '../ui/Toggle.tsx'
import { NumberBox } from '../widgets/NumberBox.tsx'
import type { useShotCommands } from './use-shot-commands.ts'

interface ShotFieldsProps {
  shot: Shot
  index: number
  count: number
  frameRate: number
  /** How many pictures there are; 0 where it is not known. */
  pictures: number
  promptId: string
  disabled: boolean
  commands: Pick<ReturnType<typeof useShotCommands>, 'set' | 'split' | 'join' | 'reroll' | 'toggleLock'>
  onDone(): void
  onLeave(): void
}

const MOST_PICTURES = 1000
const LONGEST_FADE = 4

/** What is in the chosen shot. */
export function ShotFields(props: ShotFieldsProps) {
  const { shot, index, count, frameRate, pictures, promptId, disabled, commands, onDone } = props
  const { set } = commands
  const t = useText()
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own.
    <div className="shot-fields" role="group" aria-label={t('clips.playing', { n: index + 1 })}>
      <label htmlFor={promptId}>{t('shots.prompt')}</label>
      <textarea
        id={promptId}
        className="field nowheel"
        rows={2}
        maxLength={2000}
        spellCheck={false}
        data-holds-escape
        disabled={disabled}
        value={shot.prompt}
        onChange={(event) => set({ prompt: event.target.value }, true)}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          props.onLeave()
        }}
      />
      <div className="shot-row">
        <label htmlFor={`${id}-picture`}>{t('shots.picture')}</label>
        <NumberBox
          id={`${id}-picture`}
          value={shot.picture + 1}
          min={1}
          max={pictures > 0 ? pictures : MOST_PICTURES}
          step={1}
          disabled={disabled}
          onKeep={(picture) => set({ picture: Math.round(picture) - 1 })}
        />
        <Segmented
          label={t('shots.framing')}
          value={shot.framing}
          options={(['wide', 'medium', 'close'] as const).map((value) => ({
            value,
            label: t(`shots.framing.${value}`),
          }))}
          onChange={(framing) => set({ framing: framing as Shot['framing'] })}
        />
      </div>
      <div className="shot-row">
        <label htmlFor={`${id}-seed`}>{t('shots.seed')}</label>
        <input
          id={`${id}-seed`}
          className="field"
          type="text"
          inputMode="numeric"
          disabled={disabled}
          value={shot.seed}
          onChange={(event) => {
            const seed = event.target.value.replaceAll(/\D/g, '').slice(0, 15)
            if (seed !== '') set({ seed }, true)
          }}
          onBlur={onDone}
        />
        <IconButton label={t('shots.reroll')} keys="R" disabled={disabled} onClick={commands.reroll} tip="above">
          <Dices size={15} />
        </IconButton>
        <IconButton
          label={t('shots.lock')}
          keys="L"
          aria-pressed={shot.locked}
          disabled={disabled}
          onClick={commands.toggleLock}
          tip="above"
        >
          <Lock size={14} />
        </IconButton>
        <IconButton
          label={t('shots.star')}
          keys="F"
          aria-pressed={shot.starred}
          disabled={disabled}
          onClick={() => set({ starred: !shot.starred })}
          tip="above"
        >
          <Star size={14} />
        </IconButton>
      </div>
      {index > 0 && (
        <div className="shot-row">
          <Toggle
            label={t('shots.continues')}
            checked={shot.continues}
            onChange={(continues) => !disabled && set({ continues })}
          />
          <span aria-hidden="true">{t('shots.continues')}</span>
          <label htmlFor={`${id}-fade`}>{t('shots.fade')}</label>
          <NumberBox
            id={`${id}-fade`}
            value={Math.round((shot.fadeFrames / frameRate) * 1000) / 1000}
            min={0}
            max={LONGEST_FADE}
            step={0.1}
            disabled={disabled}
            onKeep={(fadeSeconds) => set({ fadeSeconds })}
          />
        </div>
      )}
      <div className="chips">
        <Chip disabled={disabled} onClick={commands.split}>
          <Scissors size={13} aria-hidden="true" />
          {t('shots.split')}
        </Chip>
        <Chip disabled={disabled || index >= count - 1} onClick={commands.join}>
          <UnfoldHorizontal size={13} aria-hidden="true" />
          {t('shots.join')}
        </Chip>
      </div>
    </div>
  )
}
