import { GROUP_COLOURS } from '@beatloom/core'
import { ContextMenu } from 'radix-ui'
import { useText } from '../../i18n/index.ts'
import { selectedItems } from '../canvas-store.ts'
import { colourSelection } from './group-actions.ts'
import { groupOfItem } from './group-ids.ts'
import { useGroup } from './group-words.ts'

/** A row of colours at the top of a group's menu. */
export function GroupColours() {
  const t = useText()
  const group = useGroup(selectedItems().flatMap((item) => groupOfItem(item) ?? [])[0] ?? '')
  return (
    <>
      <ContextMenu.RadioGroup className="colour-row" value={group?.colour ?? ''} aria-label={t('group.colour')}>
        {GROUP_COLOURS.map((colour) => (
          <ContextMenu.RadioItem
            key={colour}
            value={colour}
            className="colour-dot"
            data-colour={colour}
            aria-label={t(`group.colour.${colour}`)}
            title={t(`group.colour.${colour}`)}
            onSelect={() => colourSelection(colour)}
          />
        ))}
      </ContextMenu.RadioGroup>
      <ContextMenu.Separator className="menu-line" />
    </>
  )
}
