import { openAuthority, trustStores } from '../../../ca/index.ts'
import { printableLines } from '../../view/printable.ts'
import { note } from '../fail.ts'
import { openJournal } from '../open-journal.ts'
import { print } from '../stdout.ts'
import { printRoot } from './root-json.ts'
import { orSay, type StoreFlags, sayChecked, sayInJson, sayStore } from './stores.ts'

/** `parley ca status`: the root, and for each store whether it trusts this very one. */
export async function showStatus({ caDir, json }: StoreFlags): Promise<void> {
  sayInJson(json)
  const { check, findStores, readTouched, storeKinds, thisMachine, trustedRoot } = await trustStores()
  const authority = await openAuthority(caDir)
  const { certificateDer, certificatePath, name, notAfter, only } = authority
  const root = trustedRoot(certificateDer, certificatePath)
  const limits = `until ${notAfter.toISOString().slice(0, 10)}${only === undefined ? '' : `, for ${only} only`}`
  if (json) printRoot(authority)
  else print(`${printableLines(`${name}, ${limits}`).join(' ')}\nsha256 ${root.sha256}\n\n`)
  for (const kind of storeKinds)
    await orSay({ kind, place: '' }, async () => {
      const stores = await findStores(thisMachine(), kind)
      if (stores.length === 0) sayStore('not-there', kind)
      for (const store of stores) sayChecked(await check(store, root), store)
    })
  const { touched, damaged } = readTouched(openJournal())
  for (const { store, place, sha256 } of touched)
    if (sha256 !== root.sha256) note(`an earlier root is in ${place} (${store}); parley ca uninstall takes it out`)
  for (const key of damaged) note(`the journal has an entry that Parley did not write: ${key}`)
}
