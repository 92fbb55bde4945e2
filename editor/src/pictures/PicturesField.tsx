import { type ParamDescriptor, referencesIn } from '@beatloom/core'
import { Camera, ImagePlus } from 'lucide-react'
import { useState } from 'react'
import { onTab } from '../canvas/files/on-tab.ts'
import { documentStore } from '../document/document-store.ts'
import { useText } from '../i18n/index.ts'
import { DropArea } from '../page/DropArea.tsx'
import { MediaNote } from '../page/MediaNote.tsx'
import { ReplaceButton } from '../page/ReplaceButton.tsx'
import { holdTab } from '../shell/held-tabs.ts'
import { Button } from '../ui/Button.tsx'
import { PictureList } from './PictureList.tsx'
import { filesUnderWay } from './under-way.ts'
import { useSeveralMedia } from './use-several-media.ts'
import '../styles/pictures.css'

export interface PicturesFieldProps {
  node: string
  param: ParamDescriptor
  value: unknown
  label: string
  /** What says, beside the field, that files are on their way. */
  input: string
  disabled: boolean
  onChange(files: string[], together?: string): void
  /** The edit is complete: the next one is a new undo step. */
  onDone(): void
  /** On a node there is little room, and no camera. */
  small?: boolean
  /** For the label's `htmlFor`. */
  id?: string
}

/** Several pictures in order: dropped, pasted, chosen or photographed, moved and removed. Each of these is one step. */
export function PicturesField({ node, param, value, label, input, disabled, small, id, ...field }: PicturesFieldProps) {
  const t = useText()
  const files = referencesIn(value)
  const { maxItems: most = Number.POSITIVE_INFINITY } = param.schema as { maxItems?: number }
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const change = (next: string[]) => {
    field.onDone()
    field.onChange(next)
    field.onDone()
  }
  const media = useSeveralMedia(input, 'image')
  /** What the list is now, which may be more than what is shown; null when the node is gone. */
  function listNow(): readonly string[] | null {
    const now = documentStore.getState().workflow.nodes[node]
    return now ? ownOf(referencesIn(now.params[param.name] ?? param.default)) : null
  }
  function append(reference: string, name: string, together: string): void {
    const list = listNow()
    if (!list) return
    // A picture that was refused or broke off kept no room, and may come after all.
    if (list.length >= most) setLeftOut((before) => [...before, name])
    else field.onChange([...list, reference], together)
  }
  function take(given: readonly File[]): void {
    if (disabled) return
    const tab = holdTab(documentStore.getState().draftId)
    const underWay = filesUnderWay(tab, `${node}.${param.name}`)
    const isMore = underWay.size > 0
    const room = Math.max(0, most - (listNow() ?? []).length - underWay.size)
    const names = given.slice(room).map((file) => file.name)
    setLeftOut((before) => (isMore ? [...before, ...names] : names))
    const taken = given.slice(0, room)
    for (const file of taken) underWay.add(file)
    const together = `files ${++turns}`
    media.take(taken, {
      onReady({ reference }, file) {
        const put = () => {
          underWay.delete(file)
          append(reference, file.name, together)
        }
        onTab(tab, put, 'writable')
      },
      onStayed: (file) => void underWay.delete(file),
    })
  }
  const filled = files.length > 0
  const icon = <ImagePlus size={small ? 14 : 28} aria-hidden="true" />
  const formats = <span>{t('page.formats.image')}</span>
  return (
    <div className="pictures-field nodrag" data-small={small === true}>
      <DropArea
        accept="image"
        label={label}
        filled={filled}
        disabled={disabled}
        onFiles={take}
        {...(id === undefined ? {} : { id })}
        invitation={
          <>
            {icon}
            <strong>{t('pictures.drop')}</strong>
            {!small && formats}
          </>
        }
      >
        <PictureList files={files} label={label} disabled={disabled} onChange={change} />
      </DropArea>
      {(filled || !small) && (
        <div className="step-actions">
          {filled && (
            <ReplaceButton
              accept="image"
              label={t('pictures.add')}
              name={t('pictures.addName', { name: label })}
              icon={<ImagePlus size={14} aria-hidden="true" />}
              disabled={disabled || files.length >= most}
              onFiles={take}
              {...(id === undefined ? {} : { id })}
            />
          )}
          {!small && (
            <ReplaceButton
              accept="image"
              camera
              label={t('page.camera')}
              name={t('page.cameraName', { name: label })}
              icon={<Camera size={14} aria-hidden="true" />}
              disabled={disabled || files.length >= most}
              onFiles={take}
            />
          )}
        </div>
      )}
      {media.files.map((file) => (
        <MediaNote key={file.id} media={file.media} kind="image" missing={false} named />
      ))}
      {media.waiting > 0 && <p className="pictures-waiting">{t('pictures.waiting', { n: media.waiting })}</p>}
      {leftOut.length > 0 && (
        <div className="step-trouble">
          <p role="alert">{t('pictures.most', { most, names: namesOf(leftOut, t('page.and')) })}</p>
          <div className="step-actions">
            <Button size="small" tone="quiet" onClick={() => setLeftOut([])}>
              {t('app.dismiss')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}

/** Where there are only samples, they show what the workflow does, and make room for the first picture of one's own. */
const ownOf = (files: readonly string[]): readonly string[] =>
  files.every((file) => file.startsWith('samples/')) ? [] : files

/** Files that were given together. */
let turns = 0

const MOST_NAMES = 4

function namesOf(names: readonly string[], and: string): string {
  return names.length <= MOST_NAMES ? names.join(and) : `${names.slice(0, MOST_NAMES).join(', ')} …`
}
