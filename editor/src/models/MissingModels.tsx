import { useText } from '../i18n/index.ts'
import { nameOf } from './addition-list.ts'
import { useAdditions, useModels } from './additions.ts'
import { MissingModelLine } from './MissingModelLine.tsx'
import type { MissingModel } from './missing-models.ts'

/** The part of the panel that is about models. */
export function MissingModels({ missing }: { missing: readonly MissingModel[] }) {
  const t = useText()
  const answer = useAdditions()
  const models = useModels() ?? []
  const running = (answer?.additions ?? []).filter(({ state }) => state === 'running')
  return (
    <>
      <p>{t('missing.modelLead')}</p>
      <ul className="missing-models">
        {missing.map((one) => (
          <MissingModelLine
            key={one.need.name}
            missing={one}
            room={answer?.room}
            addition={running.find((addition) => nameOf(addition) === one.need.name)}
            alike={models.filter(({ family }) => family === one.need.family)}
          />
        ))}
      </ul>
    </>
  )
}
