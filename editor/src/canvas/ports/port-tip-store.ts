import { useEffect } from 'react'
import { createStore } from 'zustand/vanilla'
import type { PortEnd } from '../../document/link-rules.ts'
import { endOfElement } from '../links/handle-end.ts'
import { pullStore } from '../links/pull-store.ts'

export interface PortTipState {
  end: PortEnd | null
  /** Where the port is on the screen. */
  rect: DOMRect | null
}

/** One tip for all ports: a thousand of them cost nothing until one is pointed at. */
export const portTipStore = createStore<PortTipState>(() => ({ end: null, rect: null }))

const REST_MS = 350
const HIDE_ON = ['pointerdown', 'wheel', 'keydown', 'focusout'] as const

function portUnder(event: Event): { handle: HTMLElement; end: PortEnd } | null {
  const target = event.target instanceof Element ? event.target : null
  const handle = target?.closest('.port, .react-flow__handle')
  const dot = handle?.classList.contains('react-flow__handle') ? handle : handle?.querySelector('.react-flow__handle')
  const end = dot instanceof HTMLElement ? endOfElement(dot) : null
  return end && dot instanceof HTMLElement ? { handle: dot, end } : null
}

/** Shows a port's tip when the pointer rests on it, or the focus comes to it. */
export function usePortTips(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let current: HTMLElement | null = null
    function hide(): void {
      clearTimeout(timer)
      current = null
      if (portTipStore.getState().end) portTipStore.setState({ end: null, rect: null })
    }
    function show(event: Event, wait: number): void {
      const found = portUnder(event)
      if (!found || pullStore.getState().pull) {
        hide()
        return
      }
      if (found.handle === current) return
      hide()
      current = found.handle
      timer = setTimeout(() => {
        if (found.handle.isConnected)
          portTipStore.setState({ end: found.end, rect: found.handle.getBoundingClientRect() })
      }, wait)
    }
    const onOver = (event: PointerEvent) => event.pointerType !== 'touch' && show(event, REST_MS)
    const onFocus = (event: FocusEvent) => portUnder(event)?.handle === event.target && show(event, 0)
    addEventListener('pointerover', onOver)
    addEventListener('focusin', onFocus)
    for (const name of HIDE_ON) addEventListener(name, hide, { capture: true, passive: true })
    return () => {
      hide()
      removeEventListener('pointerover', onOver)
      removeEventListener('focusin', onFocus)
      for (const name of HIDE_ON) removeEventListener(name, hide, { capture: true })
    }
  }, [])
}
