import { useState } from 'react'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { Button } from '../ui/Button.tsx'
import { AddField } from './AddField.tsx'
import { addModel } from './additions.ts'
import { hubIdOf, isHubId, isModelName, nameFrom } from './model-source.ts'
import type { AddWish } from './models-dialog.ts'
import { AS_IS, NameAndPrecision } from './NameAndPrecision.tsx'

interface HubFormProps {
  wish: AddWish
  installed: ReadonlySet<string>
  onStarted(): void
}

/** Asks for a repository of a hub and lets the engine fetch it. */
export function HubForm({ wish, installed, onStarted }: HubFormProps) {
  const t = useText()
  const [typed, setTyped] = useState(isHubId(wish.source) ? wish.source : '')
  const [name, setName] = useState(isModelName(wish.name) ? wish.name : '')
  const [dtype, setDtype] = useState<string>(AS_IS)
  const [token, setToken] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const source = hubIdOf(typed)
  const finalName = name.trim() || nameFrom(source)
  const nameProblem =
    name.trim() !== '' && !isModelName(name.trim())
      ? t('models.nameWrong')
      : installed.has(finalName)
        ? t('models.nameTaken')
        : null
  const sourceProblem = tried && !isHubId(source) ? t('models.repoWrong') : null

  async function start(event: React.FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    setRefusal(null)
    if (!isHubId(source) || nameProblem) {
      const form = event.currentTarget as HTMLElement
      // Which of them it is, is known to the page a moment later.
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    setBusy(true)
    try {
      await addModel({
        source,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(dtype === AS_IS ? {} : { dtype }),
        ...(token === '' ? {} : { token }),
      })
      onStarted()
    } catch (error) {
      setRefusal((error as Error).message)
      setBusy(false)
    }
  }

  return (
    <form className="add-form" onSubmit={(event) => void start(event)} noValidate>
      <AddField label={t('models.repo')} help={t('models.repoHelp')} problem={sourceProblem}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            className="field"
            value={typed}
            // Hub ids are the same in every language.
            placeholder="owner/name"
            inputMode="url"
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </AddField>
      <NameAndPrecision
        wish={wish}
        name={name}
        usual={nameFrom(source)}
        problem={nameProblem}
        dtype={dtype}
        onName={setName}
        onDtype={setDtype}
      />
      <AddField label={t('models.token')} help={t('models.tokenHelp')}>
        {({ id, describedBy }) => (
          <input
            id={id}
            className="field"
            type="password"
            value={token}
            autoComplete="off"
            aria-describedby={describedBy}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </AddField>
      {refusal && (
        <p className="field-problem" role="alert">
          {say(refusal)}
        </p>
      )}
      <div className="dialog-actions">
        <Button tone="primary" type="submit" disabled={busy}>
          {t('models.start')}
        </Button>
      </div>
    </form>
  )
}
