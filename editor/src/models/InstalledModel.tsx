import { CircleAlert, CircleCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { removeModel, verifyModel } from '../api/client.ts'
import type { ModelSummary, VerifiedModel } from '../api/types.ts'
import { fileSize } from '../i18n/format.ts'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import { toast } from '../view/view-store.ts'
import { modelsChanged } from './additions.ts'
import { sharedSource, sourceLink } from './model-source.ts'
import { SourceText } from './SourceText.tsx'

const MOST_PROBLEMS = 5

/** A model that is here: what it is, whether its files are whole, and the way to be rid of it. */
export function InstalledModel({ model }: { model: ModelSummary }) {
  const t = useText()
  const [work, setWork] = useState<'verify' | 'remove' | null>(null)
  const [asking, setAsking] = useState(false)
  const [verified, setVerified] = useState<VerifiedModel | null>(null)
  const asker = useRef<HTMLButtonElement>(null)
  const { name, title, family, sizeBytes, licence, source, bundled, provider } = model
  const shown = shownText(title, 60)
  async function act(kind: 'verify' | 'remove', does: () => Promise<void>): Promise<void> {
    setWork(kind)
    try {
      await does()
    } catch (error) {
      toast((error as Error).message, 'error')
    } finally {
      setWork(null)
    }
  }
  const verify = () => act('verify', async () => setVerified(await verifyModel(name)))
  const remove = () =>
    act('remove', async () => {
      await removeModel(name)
      modelsChanged()
      toast(t('models.removed', { name: shown }))
    })
  const facts = [fileSize(sizeBytes), family, provider?.toUpperCase(), licence ?? t('models.noLicence')]
  return (
    <li className="installed-model">
      <div className="installed-words">
        <p className="installed-title">
          <bdi>{shown}</bdi> {title.toLowerCase().replaceAll(' ', '-') !== name && <code>{shownText(name, 60)}</code>}
        </p>
        <p className="installed-facts">
          <bdi>{shownText(facts.filter(Boolean).join(' · '), 160)}</bdi>
        </p>
        {bundled ? (
          <p className="installed-facts">{t('models.inTheBox')}</p>
        ) : (
          source && (
            <p className="installed-facts">
              <SourceText source={source} link={sharedSource(source) ? sourceLink(source) : null} />
            </p>
          )
        )}
      </div>
      {asking ? (
        <fieldset className="installed-question" aria-label={t('models.removeNamed', { name: shown })}>
          <p>{t('models.removeAsk', { name: shown, size: fileSize(sizeBytes) })}</p>
          <div className="dialog-actions">
            <Button
              size="small"
              tone="quiet"
              autoFocus
              onClick={() => {
                setAsking(false)
                requestAnimationFrame(() => asker.current?.focus())
              }}
            >
              {t('models.keep')}
            </Button>
            <Button size="small" tone="danger" disabled={work !== null} onClick={() => void remove()}>
              {t('models.remove')}
            </Button>
          </div>
        </fieldset>
      ) : (
        <div className="installed-ways">
          <Button
            size="small"
            disabled={work !== null}
            aria-label={t('models.verifyNamed', { name: shown })}
            onClick={() => void verify()}
          >
            {t('models.verify')}
          </Button>
          {!bundled && (
            <button
              ref={asker}
              type="button"
              className="button"
              data-tone="quiet"
              data-size="small"
              aria-label={t('models.removeNamed', { name: shown })}
              onClick={() => setAsking(true)}
            >
              <span>{t('models.remove')}</span>
            </button>
          )}
        </div>
      )}
      <div role="status" className="installed-state">
        {work === 'verify' && <p>{t('models.verifying')}</p>}
        {work !== 'verify' && verified && <Verdict verified={verified} />}
      </div>
    </li>
  )
}

function Verdict({ verified: { files, listed, problems } }: { verified: VerifiedModel }) {
  const t = useText()
  if (problems.length === 0) {
    return (
      <p className="installed-good">
        <CircleCheck size={15} aria-hidden="true" />
        {t(listed ? 'models.whole' : 'models.unlisted', { n: files })}
      </p>
    )
  }
  return (
    <>
      <p className="installed-bad">
        <CircleAlert size={15} aria-hidden="true" />
        {t('models.broken', { n: problems.length })}
      </p>
      <ul>
        {problems.slice(0, MOST_PROBLEMS).map(({ path, message }) => (
          <li key={path}>{say(message)}</li>
        ))}
      </ul>
    </>
  )
}
