import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CloudDownload, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { listTemplates, previewUrl } from '../../api/client.ts'
import type { Template } from '../../api/types.ts'
import { fileSize } from '../../i18n/format.ts'
import { isTextKey, useText } from '../../i18n/index.ts'
import { galleryText } from '../../i18n/node-text.ts'
import { say } from '../../i18n/sentences.ts'
import { openTemplate } from '../../shell/session.ts'
import { shownText } from '../../ui/shown-text.ts'
import { useView } from '../../view/view-store.ts'

interface GalleryProps {
  onOpen(work: () => Promise<unknown>): void
}

/** The templates, by what people want; each opens as a copy of one's own, with sample media in place. */
export function Gallery({ onOpen }: GalleryProps) {
  const t = useText()
  const templates = useQuery({ queryKey: ['templates'], queryFn: listTemplates })
  const [goal, setGoal] = useState('')
  const all = templates.data ?? []
  const goals = [...new Set(all.flatMap((template) => template.goals))]
  const shown = all.filter((template) => goal === '' || template.goals.includes(goal))
  return (
    <section aria-label={t('open.templates')}>
      <h3>{t('open.templates')}</h3>
      {templates.isError && <p className="panel-empty">{say((templates.error as Error).message)}</p>}
      {goals.length > 1 && (
        <fieldset className="goals">
          <legend>{t('gallery.want')}</legend>
          {['', ...goals].map((one) => (
            <button key={one} type="button" aria-pressed={goal === one} onClick={() => setGoal(one)}>
              {goalText(one, t)}
            </button>
          ))}
        </fieldset>
      )}
      <div className="template-grid">
        {shown.map((template) => (
          <TemplateCard key={template.name} template={template} onOpen={onOpen} />
        ))}
      </div>
    </section>
  )
}

/** Goals come from the gallery's own list; one without words here is shown by its name. */
function goalText(goal: string, t: ReturnType<typeof useText>): string {
  if (goal === '') return t('gallery.anything')
  const key = `goal.${goal}`
  return isTextKey(key) ? t(key) : goal
}

function TemplateCard({ template, onOpen }: { template: Template } & GalleryProps) {
  const language = useView((state) => state.language)
  const { name, title, description } = template
  return (
    <button type="button" className="template" onClick={() => onOpen(() => openTemplate(name))}>
      <TemplatePicture template={template} />
      <strong>
        <bdi>{shownText(galleryText(title || name, language))}</bdi>
      </strong>
      <span className="template-about">{shownText(galleryText(description, language))}</span>
      <Standing template={template} />
    </button>
  )
}

function TemplatePicture({ template: { name, preview } }: { template: Template }) {
  if (!preview.still) return <span className="template-picture" />
  return (
    <picture className="template-picture">
      {preview.loop && <source srcSet={previewUrl(name, 'still')} media="(prefers-reduced-motion: reduce)" />}
      <img src={previewUrl(name, preview.loop ? 'loop' : 'still')} alt="" loading="lazy" draggable={false} />
    </picture>
  )
}

const ICONS = { ready: CircleCheck, download: CloudDownload, 'too-large': TriangleAlert }

/** Ready, needs a download, or too large for this machine: in words, with the sizes. */
function Standing({ template: { standing, missing, memory } }: { template: Template }) {
  const t = useText()
  const Icon = ICONS[standing]
  const models = missing.map((model) => `${model.name} (${fileSize(model.sizeBytes)})`).join(', ')
  const [needed, available] = [fileSize(memory.neededBytes), fileSize(memory.availableBytes)]
  return (
    <span className="template-standing" data-standing={standing}>
      <Icon size={13} aria-hidden="true" />
      {standing === 'ready' && t('gallery.ready')}
      {standing === 'download' && t('gallery.download', { models })}
      {standing === 'too-large' && t('gallery.tooLarge', { needed, available })}
    </span>
  )
}
