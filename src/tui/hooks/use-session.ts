import { useSyncExternalStore } from 'react'
import type { Session } from '../session.ts'

/** Draws the component anew with every change of the session. */
export const useSession = (session: Session): number => useSyncExternalStore(session.subscribe, () => session.revision)
