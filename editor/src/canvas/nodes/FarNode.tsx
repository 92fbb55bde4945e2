interface FarNodeProps {
  name: string
  state: string
  size: { width: number; height: number }
}

/**
 * A node that is too far to read or off the screen: the place it takes, to be found by pointer and screen reader.
 * It paints nothing, since hundreds of painted elements are hundreds of layers to sort; `FarPicture` shows them all.
 */
export const FarNode = ({ name, state, size }: FarNodeProps) => (
  <section className="far-node" data-far="true" data-state={state} aria-label={name} style={size} />
)
