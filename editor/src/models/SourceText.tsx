import { ExternalLink } from 'lucide-react'
import { shownText } from '../ui/shown-text.ts'
import { sourceLink } from './model-source.ts'

/** Where a model comes from: a link where it is an address of the web, and the bare text where it is anything else. */
export function SourceText({ source, link = sourceLink(source) }: { source: string; link?: string | null }) {
  const text = <bdi>{shownText(source.replace(/^https?:\/\/(www\.)?/i, ''), 90)}</bdi>
  if (link === null) return text
  return (
    <a className="model-link" href={link} target="_blank" rel="noopener noreferrer">
      {text}
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  )
}
