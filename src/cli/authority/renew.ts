import { openAuthority, type RootWish, renewal } from '../../../ca/index.ts'
import { note } from '../fail.ts'
import { print } from '../stdout.ts'
import { printRoot } from './root-json.ts'

interface RootFlags {
  readonly caDir: string
  readonly json?: boolean
}

/** `parley ca new`: another root with another key. */
export async function makeNewRoot({ caDir, json, ...wish }: RootWish & RootFlags): Promise<void> {
  const { replaceAuthority } = await renewal()
  const aside = await replaceAuthority(caDir, wish)
  await printPath(caDir, json)
  if (aside === undefined) return
  const { path, sha256 } = aside
  if (sha256 === undefined) note(`the former one, which cannot be read, is in ${path}`)
  else note(`the former one is in ${path} until parley ca uninstall; who trusts it trusts it still`)
  note(whatNow)
}

/** `parley ca renew`: the same root for longer. */
export async function renewRoot({ caDir, json }: RootFlags): Promise<void> {
  const { renewAuthority } = await renewal()
  await renewAuthority(caDir)
  await printPath(caDir, json)
  note(whatNow)
}

const whatNow =
  'a proxy that runs has the former root until it is started again; parley ca install has stores trust the new one'

async function printPath(caDir: string, json: boolean | undefined): Promise<void> {
  const authority = await openAuthority(caDir)
  if (json) printRoot(authority)
  else print(`${authority.certificatePath}\n`)
}
