import { useState } from 'react'

interface NumberBoxProps {
  id: string
  value: number
  min: number
  max: number
  step: number
  disabled: boolean
  onKeep(value: number): void
}

/** A number that counts once it is complete: on Enter, or when the field is left. */
export function NumberBox({ id, value, min, max, step, disabled, onKeep }: NumberBoxProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const wanted = Number(typed ?? value)
  const isRight = typed === null || (typed.trim() !== '' && wanted >= min && wanted <= max)

  function keep(): void {
    if (typed !== null && isRight && wanted !== value) onKeep(wanted)
    if (isRight) setTyped(null)
  }
  return (
    <input
      id={id}
      className="field number-box"
      type="number"
      disabled={disabled}
      value={typed ?? value}
      {...{ min, max, step }}
      aria-invalid={!isRight}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        keep()
        setTyped(null)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        keep()
      }}
    />
  )
}
