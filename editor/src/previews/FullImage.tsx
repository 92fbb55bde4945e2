import { Maximize2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useText } from '../i18n/index.ts'

const FullView = lazy(() => import('./FullView.tsx').then((module) => ({ default: module.FullView })))

interface FullImageProps {
  /** The node that showed it, and as which of its pictures: how other runs' versions are found. */
  node: string
  index?: number
  src: string
  /** The whole picture, where `src` is a thumbnail. */
  full?: string | undefined
  name: string
  size: { width?: number; height?: number }
  /** Low, as in a file field. */
  small?: boolean
}

/** A picture that fits its node; a click opens it in full. */
export function FullImage({ node, index, src, full = src, name, size, small = false }: FullImageProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="full-image nodrag"
        data-small={small}
        aria-label={t('image.open', { name })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <img
          className={small ? 'file-thumb' : undefined}
          src={src}
          alt={name}
          width={size.width}
          height={size.height}
          loading="lazy"
          decoding="async"
          draggable={false}
        />
        <Maximize2 className="full-image-mark" size={14} aria-hidden="true" />
      </button>
      {open && (
        <Suspense fallback={null}>
          <FullView
            node={node}
            {...(index === undefined ? {} : { index })}
            src={full}
            name={name}
            size={size}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
