import { CircleAlert, CircleCheck, CirclePause, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { ModelAddition } from '../api/types.ts'
import { useText } from '../i18n/index.ts'
import { say } from '../i18n/sentences.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { shownText } from '../ui/shown-text.ts'
import { toast } from '../view/view-store.ts'
import { AdditionProgress } from './AdditionProgress.tsx'
import { nameOf } from './addition-list.ts'
import { addAgain, discardAddition, forgetAddition, stopAddition } from './additions.ts'

/** One addition: how far it is, or how it ended and how to go on. */
export function AdditionCard({ addition }: { addition: ModelAddition }) {
  const t = useText()
  const { id, source, state } = addition
  const name = shownText(nameOf(addition), 60)
  return (
    <li className="addition" data-state={state}>
      <div className="addition-head">
        <StateIcon state={state} />
        <p>
          <bdi className="addition-name">{name}</bdi>
          <bdi className="addition-source">{shownText(source, 120)}</bdi>
        </p>
        {state === 'running' && (
          <Button size="small" onClick={() => void stopAddition(id)}>
            {t('models.cancel')}
          </Button>
        )}
        {state === 'done' && (
          <IconButton label={t('models.dismiss')} onClick={() => void forgetAddition(id)}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      {state === 'running' && <AdditionProgress addition={addition} />}
      <div role="status" className="addition-end">
        {state === 'done' && <p className="addition-good">{t('models.state.done')}</p>}
        {state === 'cancelled' && <p>{t('models.state.cancelled')}</p>}
        {state === 'failed' && <Failure addition={addition} />}
      </div>
      {(state === 'failed' || state === 'cancelled') && <Ways addition={addition} />}
    </li>
  )
}

function StateIcon({ state }: { state: ModelAddition['state'] }) {
  if (state === 'running') return null
  const Icon = { done: CircleCheck, failed: CircleAlert, cancelled: CirclePause }[state]
  return <Icon className="addition-icon" size={18} aria-hidden="true" />
}

function Failure({ addition: { error } }: { addition: ModelAddition }) {
  const t = useText()
  return (
    <p>
      {error ? say(error.message) : t('models.state.failed')} {error && <code>{error.code}</code>}
    </p>
  )
}

/** Once more, where it broke off; with another token, where that was what the hub refused. */
function Ways({ addition }: { addition: ModelAddition }) {
  const t = useText()
  const id = useId()
  const [token, setToken] = useState('')
  const [busy, setBusy] = useState(false)
  const wantsToken = addition.error?.code === 'hub_refused'
  async function act(work: () => Promise<unknown>): Promise<void> {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      toast((error as Error).message, 'error')
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="addition-ways"
      onSubmit={(event) => {
        event.preventDefault()
        void act(() => addAgain(addition, token || undefined))
      }}
    >
      {wantsToken && (
        <>
          <label htmlFor={id}>{t('models.token')}</label>
          <input
            id={id}
            className="field"
            type="password"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </>
      )}
      <Button size="small" tone="quiet" disabled={busy} onClick={() => void act(() => discardAddition(addition))}>
        {t('models.discard')}
      </Button>
      <Button size="small" tone="primary" type="submit" disabled={busy}>
        {t(addition.state === 'cancelled' ? 'models.goOn' : 'models.again')}
      </Button>
    </form>
  )
}
