import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Whether unsaved work is kept: by the browser, by the server. */
export interface StorageHealth {
  /** The browser's storage is full or closed to us. */
  browserFails: boolean
  /** The server does not take drafts, and the document on screen waits for it. */
  serverFails: boolean
  /** The sentence about the browser was read; it is not said twice. */
  told: boolean
}

export const storageHealth = createStore<StorageHealth>(() => ({
  browserFails: false,
  serverFails: false,
  told: false,
}))

export const useStorageHealth = (): StorageHealth => useStore(storageHealth)

/** Neither keeps it: closing the page would lose work. */
export const nothingKeeps = ({ browserFails, serverFails }: StorageHealth): boolean => browserFails && serverFails
