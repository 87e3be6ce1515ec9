import { androidStore, androidStores } from './android.ts'
import { javaStore, javaStores } from './java.ts'
import { linuxSystemStores } from './linux-system.ts'
import { macKeychain } from './mac-keychain.ts'
import { nssStore, nssStores } from './nss.ts'
import { TrustError } from './step.ts'
import type { Store, StoreKind } from './store.ts'
import type { Surroundings } from './surroundings.ts'
import { windowsRoot } from './windows-root.ts'

/** The stores of this kind that there are. Throws TrustError. */
export async function findStores(surroundings: Surroundings, kind: StoreKind): Promise<readonly Store[]> {
  if (kind === 'system') return systemStores(surroundings)
  if (kind === 'nss') return nssStores(surroundings)
  return kind === 'java' ? javaStores(surroundings) : androidStores(surroundings)
}

/** The very store that was touched once. Throws TrustError where it cannot be there any more. */
export async function storeAt(surroundings: Surroundings, kind: StoreKind, place: string): Promise<Store> {
  if (kind === 'nss') return nssStore(surroundings, place)
  if (kind === 'java') return javaStore(surroundings, place)
  if (kind === 'android') return androidStore(surroundings, place)
  const store = systemStores(surroundings).find(each => each.place === place)
  if (!store) throw new TrustError(`this system has no store at ${place}`)
  return store
}

function systemStores(surroundings: Surroundings): readonly Store[] {
  if (surroundings.platform === 'darwin') return [macKeychain(surroundings)]
  return surroundings.platform === 'win32' ? [windowsRoot(surroundings)] : linuxSystemStores(surroundings)
}
