import type { Journal, Touched } from '../journal.ts'
import { type Address, type Desktop, type Settings, SystemProxyError } from './desktop.ts'
import { knownDesktops } from './desktops.ts'

/** As the journal knows it. */
export const kind = 'system-proxy'

/** What the journal keeps of a desktop: what was set, and what Parley sets in its place. */
interface Change {
  readonly before: Settings
  readonly ours: Settings
}

/** What stands in the settings of a desktop, and who put it there. */
export interface Standing {
  readonly title: string
  /** `127.0.0.1:8080`, `none` */
  readonly set: string
  /** Absent where Parley has set nothing. */
  readonly by?: {
    /** The process whose end undoes it; absent where it lasts until it is turned off. */
    readonly owner?: number
    /** Settings that somebody else has changed since. */
    readonly changed: readonly string[]
  }
}

/** The proxy settings of this machine, and the memory of what Parley did to them. */
export class SystemProxy {
  readonly #journal: Journal
  readonly #desktops: readonly Desktop[]

  constructor(journal: Journal, desktops = knownDesktops()) {
    this.#journal = journal
    this.#desktops = desktops
  }

  /** Those whose settings can be set here. */
  get here(): readonly Desktop[] {
    return this.#desktops.filter(desktop => desktop.isHere())
  }

  /** What Parley has set and not taken back. */
  get touched(): readonly Touched[] {
    return this.#journal.touched(kind)
  }

  /**
   * Sends the programs of this machine to the address. Without an owner that lasts beyond this process. Where it cannot be
   * done for all desktops it is done for none. Throws SystemProxyError, also where another Parley has set it; JournalError.
   */
  set(address: Address, owner?: number): void {
    this.restoreLeftBehind()
    const [held] = this.touched
    if (held?.owner !== undefined) throw new SystemProxyError(`it is set by process ${held.owner}, until that ends`)
    if (held && owner !== undefined) throw new SystemProxyError('it is on until "parley system-proxy off"')
    this.restore()
    try {
      for (const desktop of this.here) this.#set(desktop, address, owner)
    } catch (error) {
      try {
        this.restore()
      } catch {} // the journal keeps it for the next time
      throw error
    }
  }

  /**
   * Sets what was there before, and answers with the settings that were left alone because somebody else has changed them
   * since. Throws SystemProxyError where a desktop does not take it; it can then be tried again. Throws JournalError.
   */
  restore(touched: readonly Touched[] = this.touched): readonly string[] {
    return touched.flatMap(each => {
      const desktop = this.#desktops.find(({ name }) => name === each.key)
      if (!desktop) throw new SystemProxyError(`another version of Parley has set it, in ${each.key}`)
      const left = this.#restore(desktop, changeOf(each))
      this.#journal.forget(each)
      return left
    })
  }

  /** Undoes what processes have set that are gone. As `restore`. */
  restoreLeftBehind(): readonly string[] {
    return this.restore(this.#journal.orphans(kind))
  }

  /** Throws SystemProxyError, JournalError. */
  standing(): readonly Standing[] {
    const { touched } = this
    return this.here.map(desktop => {
      const now = desktop.read()
      const own = touched.find(({ key }) => key === desktop.name)
      const by = own && {
        ...(own.owner !== undefined && { owner: own.owner }),
        changed: changedSince(now, changeOf(own)).map(name => `${desktop.title} ${name}`),
      }
      return { title: desktop.title, set: desktop.describe(now), ...(by && { by }) }
    })
  }

  #set(desktop: Desktop, address: Address, owner: number | undefined): void {
    const now = desktop.read()
    const ours = desktop.through(address, now)
    const before = Object.fromEntries(Object.keys(ours).map(name => [name, now[name] ?? null]))
    const change: Change = { before, ours }
    this.#journal.note({
      ...{ kind, key: desktop.name, before: JSON.stringify(change) },
      ...(owner !== undefined && { owner }),
    })
    for (const [name, value] of Object.entries(ours)) if (now[name] !== value) desktop.write(name, value)
    desktop.announce?.()
    const after = desktop.read()
    const missing = Object.keys(ours).find(name => after[name] !== ours[name])
    if (missing !== undefined) throw new SystemProxyError(`${desktop.title} does not take what is set (${missing})`)
  }

  #restore(desktop: Desktop, change: Change): readonly string[] {
    const { before, ours } = change
    const now = desktop.read()
    const own = Object.keys(ours).filter(name => now[name] === ours[name] && now[name] !== before[name])
    for (const name of own.toReversed()) desktop.write(name, before[name] ?? null)
    if (own.length > 0) desktop.announce?.()
    const after = desktop.read()
    const stuck = own.find(name => after[name] === ours[name])
    if (stuck !== undefined) throw new SystemProxyError(`${desktop.title} does not take back what was set (${stuck})`)
    return changedSince(now, change).map(name => `${desktop.title} ${name}`)
  }
}

/** The settings that are neither what Parley set nor what was there before. A network service may be gone. */
const changedSince = (now: Settings, { before, ours }: Change): readonly string[] =>
  Object.keys(ours).filter(name => name in now && now[name] !== ours[name] && now[name] !== before[name])

/** Throws SystemProxyError where the journal has something else. */
function changeOf({ key, before: text }: Touched): Change {
  try {
    const { before, ours } = JSON.parse(text) as Change
    if ([before, ours].every(isSettings)) return { before, ours }
  } catch {}
  throw new SystemProxyError(`what was set before Parley changed it (${key}) cannot be read`)
}

const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(each => each === null || typeof each === 'string')
