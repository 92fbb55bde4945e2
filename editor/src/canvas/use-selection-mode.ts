import { SelectionMode } from '@xyflow/react'
import { useEffect, useState } from 'react'

/** A box takes every node it touches; with Alt held, only those it encloses. */
export function useSelectionMode(): SelectionMode {
  const [alt, setAlt] = useState(false)
  useEffect(() => {
    const follow = (event: KeyboardEvent) => event.key === 'Alt' && setAlt(event.type === 'keydown')
    const release = () => setAlt(false)
    addEventListener('keydown', follow)
    addEventListener('keyup', follow)
    addEventListener('blur', release)
    return () => {
      removeEventListener('keydown', follow)
      removeEventListener('keyup', follow)
      removeEventListener('blur', release)
    }
  }, [])
  return alt ? SelectionMode.Full : SelectionMode.Partial
}
