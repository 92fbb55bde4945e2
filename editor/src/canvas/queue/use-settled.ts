import { useEffect, useState } from 'react'

const REST_MS = 200

/** A value once it has rested a moment, so that typing does not ask for every letter. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
