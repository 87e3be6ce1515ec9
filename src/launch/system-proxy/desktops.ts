import type { Desktop, Surroundings } from './desktop.ts'
import { gnome } from './gnome.ts'
import { kde } from './kde.ts'
import { macos } from './macos.ts'
import { windows } from './windows.ts'

const thisMachine: Surroundings = { environment: process.env, platform: process.platform }

/** All that Parley knows of, those that are not here too: what it did to them may have to be undone from elsewhere. */
export const knownDesktops = (surroundings: Surroundings = thisMachine): readonly Desktop[] =>
  [gnome, kde, macos, windows].map(make => make(surroundings))
