import { useText } from '../../i18n/index.ts'
import { shownText } from '../../ui/shown-text.ts'
import { Toggle } from '../../ui/Toggle.tsx'
import type { Leaving, ShareSwitch, ShareWay, Switches } from './share-actions.ts'

interface ShareSwitchListProps {
  way: ShareWay
  leaving: Leaving
  switches: Switches
  onChange(switches: Switches): void
}

const MOST_LISTED = 8

/** A switch for each kind of thing that would leave, and under it what that is, word for word. */
export function ShareSwitchList({ way, leaving, switches, onChange }: ShareSwitchListProps) {
  const t = useText()
  const carries = way !== 'result' || switches.inside
  const shown: ShareSwitch[] = [
    ...(way === 'result' ? (['inside'] as const) : []),
    ...(carries ? (['texts', 'names', 'paths'] as const) : []),
    ...(way === 'bundle' ? (['media'] as const) : []),
  ]
  const personal: ShareSwitch[] = ['texts', 'names', 'paths', 'media']
  const set = (value: boolean) => onChange({ ...switches, ...Object.fromEntries(personal.map((one) => [one, value])) })
  const isBare = personal.every((one) => !switches[one])
  return (
    <div className="share-switches">
      {carries && (
        <p className="share-presets">
          <button type="button" className="text-button" aria-pressed={isBare} onClick={() => set(false)}>
            {t('share.bare')}
          </button>
          <button type="button" className="text-button" aria-pressed={!isBare} onClick={() => set(true)}>
            {t('share.everything')}
          </button>
        </p>
      )}
      <ul>
        {shown.map((one) => (
          <li key={one}>
            <ShareLine
              name={one}
              // Media are found by their paths, so without paths none go along.
              on={switches[one] && !(one === 'media' && !switches.paths)}
              texts={textsOf(one, leaving)}
              onChange={(value) =>
                onChange({ ...switches, [one]: value, ...(one === 'media' && value ? { paths: true } : {}) })
              }
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

function textsOf(name: ShareSwitch, leaving: Leaving): string[] | null {
  if (name === 'inside') return null
  if (name === 'media') return leaving.media.map(fileNameIn)
  return leaving[name].map(({ text }) => (name === 'paths' ? fileNameIn(text) : text))
}

/** Without the hash that a reference has in front of the name. */
const fileNameIn = (reference: string): string => reference.replace(/^(assets|artifacts)\/[0-9a-f]{64}\//, '')

interface ShareLineProps {
  name: ShareSwitch
  on: boolean
  texts: string[] | null
  onChange(on: boolean): void
}

function ShareLine({ name, on, texts, onChange }: ShareLineProps) {
  const t = useText()
  const id = `share-${name}`
  return (
    <>
      <div className="share-line">
        <Toggle id={id} label={t(`share.part.${name}`)} checked={on} onChange={onChange} />
        <label htmlFor={id}>{t(`share.part.${name}`)}</label>
        {texts && <span className="share-count">{t('share.count', { n: texts.length })}</span>}
      </div>
      {texts && texts.length > 0 && (
        <p className="share-preview" data-gone={!on}>
          {texts.slice(0, MOST_LISTED).map((text, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same text may stand in two places
            <bdi key={index}>{shownText(text, 60)}</bdi>
          ))}
          {texts.length > MOST_LISTED && <span>{t('open.more', { n: texts.length - MOST_LISTED })}</span>}
        </p>
      )}
    </>
  )
}
