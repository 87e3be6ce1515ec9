import { useInput, usePaste } from 'ink'
import { keyNames } from '../keys.ts'

/** Hands every key to `press` by its name, and pasted text to `paste` in one piece: it is never taken for commands. */
export function useKeys(press: (key: string) => void, paste: (text: string) => void): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(name)
  })
  usePaste(paste)
}
