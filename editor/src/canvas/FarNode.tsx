interface FarNodeProps {
  name: string
  size: { width: number; height: number }
}

/**
 * A node that is too far to read or off the screen: the place it takes, to be found by pointer and screen reader.
 * It paints nothing, since hundreds of painted elements are hundreds of layers to sort; `FarPicture` shows them all.
 */
export const FarNode = ({ name, size }: FarNodeProps) => (
  <section className="far-node" data-far="true" aria-label={name} style={size} />
)
