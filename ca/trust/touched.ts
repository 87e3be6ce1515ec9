import { type Store, type StoreKind, storeKinds, type TrustedRoot, trustedRoot } from './store.ts'

/** Where it is written down what was changed; a structural part of Parley's journal. All may throw what that throws. */
export interface TrustJournal {
  touched(kind: string): readonly { readonly key: string; readonly before: string }[]
  note(touched: { readonly kind: string; readonly key: string; readonly before: string }): void
  forget(touched: { readonly kind: string; readonly key: string }): void
}

/** A root that Parley put, or was about to put, in a store. */
export interface Touched {
  readonly key: string
  readonly store: StoreKind
  readonly place: string
  readonly der: Buffer
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

export const journalKind = 'trust'

type Place = Pick<Store, 'kind' | 'place'>

/** To be called before a root is put in a store: the root is kept whole, as it may be renewed before it is taken out. */
export function noteTouched(journal: TrustJournal, { kind, place }: Place, root: TrustedRoot): void {
  const before = JSON.stringify({ store: kind, place, without: root.der.toString('base64') })
  journal.note({ kind: journalKind, key: `${kind} ${root.sha256} ${place}`, before })
}

export const forgetTouched = (journal: TrustJournal, { key }: Pick<Touched, 'key'>): void =>
  journal.forget({ kind: journalKind, key })

/** All that is to be undone, and the keys of entries that are not such as Parley writes. */
export function readTouched(journal: TrustJournal): {
  readonly touched: readonly Touched[]
  readonly damaged: string[]
} {
  const touched: Touched[] = []
  const damaged: string[] = []
  for (const { key, before } of journal.touched(journalKind)) {
    const entry = readEntry(key, before)
    if (entry) touched.push(entry)
    else damaged.push(key)
  }
  return { touched, damaged }
}

function readEntry(key: string, before: string): Touched | undefined {
  try {
    const { store, place, without } = JSON.parse(before) as Readonly<Record<string, unknown>>
    const kind = storeKinds.find(each => each === store)
    if (kind === undefined || typeof place !== 'string' || typeof without !== 'string') return undefined
    const { der, sha256 } = trustedRoot(Buffer.from(without, 'base64'), '')
    return { key, store: kind, place, der, sha256 }
  } catch {
    return undefined
  }
}
