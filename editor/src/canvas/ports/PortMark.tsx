import { lookOf, SHAPE_PATHS } from './port-look.ts'

interface PortMarkProps {
  type: string
  /** Rings are optional inputs. */
  optional?: boolean
  /** Doubled outlines are lists. */
  list?: boolean
}

export function PortMark({ type, optional = false, list = false }: PortMarkProps) {
  const { colour, shape } = lookOf(type)
  return (
    <svg
      className="port-mark"
      viewBox="-2 -2 18 18"
      aria-hidden="true"
      data-optional={optional}
      style={{ '--port': colour } as React.CSSProperties}
    >
      {list && <path d={SHAPE_PATHS[shape]} className="port-mark-list" />}
      <path d={SHAPE_PATHS[shape]} fillRule="evenodd" className="port-mark-shape" />
    </svg>
  )
}
