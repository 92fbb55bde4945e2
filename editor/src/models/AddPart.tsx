import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useText } from '../i18n/index.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { AdditionCard } from './AdditionCard.tsx'
import { nameOf, shownAdditions } from './addition-list.ts'
import { useAdditions, useModels, useWatched } from './additions.ts'
import { FolderForm } from './FolderForm.tsx'
import { HubForm } from './HubForm.tsx'
import type { AddWish } from './models-dialog.ts'

type Way = 'hub' | 'folder'

/** What is on its way in, and a form for more. */
export function AddPart({ wish }: { wish: AddWish }) {
  const t = useText()
  const answer = useAdditions()
  const mine = useWatched((state) => state.mine)
  const hidden = useWatched((state) => state.hidden)
  const [way, setWay] = useState<Way>('hub')
  /** Null until somebody has said so. */
  const [chosen, setChosen] = useState<boolean | null>(null)
  const shown = shownAdditions(answer?.additions ?? [], mine, hidden)
  // Whoever comes for a model that is on its way already looks on.
  const comes = wish.name !== '' && shown.some((one) => one.state === 'running' && nameOf(one) === wish.name)
  const asking = chosen ?? !comes
  const models = useModels({ fresh: true, watching: way === 'folder' && asking })
  const installed = new Set((models ?? []).map(({ name }) => name))
  return (
    <>
      {shown.length > 0 && (
        <ul className="additions" aria-label={t('models.onTheWay')}>
          {shown.map((addition) => (
            <AdditionCard key={addition.id} addition={addition} />
          ))}
        </ul>
      )}
      {asking ? (
        <div className="add-model">
          <div className="add-way">
            <span aria-hidden="true">{t('models.way')}</span>
            <Segmented
              label={t('models.way')}
              value={way}
              options={[
                { value: 'hub', label: t('models.way.hub') },
                { value: 'folder', label: t('models.way.folder') },
              ]}
              onChange={(value) => setWay(value as Way)}
            />
          </div>
          {way === 'hub' ? (
            <HubForm wish={wish} installed={installed} onStarted={() => setChosen(false)} />
          ) : (
            <FolderForm wish={wish} models={models} />
          )}
        </div>
      ) : (
        <div className="dialog-actions">
          <Button icon={<Plus size={15} aria-hidden="true" />} onClick={() => setChosen(true)}>
            {t('models.another')}
          </Button>
        </div>
      )}
    </>
  )
}
