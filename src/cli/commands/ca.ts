import { Argument, type Command } from 'commander'
import type { Authority, StoreKind } from '../../../ca/index.ts'
import { json } from '../json-option.ts'
import { readDays, readOnly } from '../option-values.ts'
import { addOptions, type OptionRows, optional, proxyOptions, toggle } from '../options.ts'
import { print } from '../stdout.ts'

const yes = toggle('-y, --yes', 'do not ask before what needs root')

const exportRows = {
  pem: toggle('--pem', 'in PEM, as most programs take it; so it is without any of these'),
  der: toggle('--der', 'in DER, as Windows and Android open it'),
  p12: toggle('--p12', 'as a PKCS #12 store with an empty password, as Java takes it'),
  android: toggle('--android', 'two files: for the system of a rooted Android, and for a person to open'),
  mobileconfig: toggle('--mobileconfig', 'as a profile for iOS and macOS'),
  output: optional('-o, --output <path>', 'write this file, or with --android into this folder', String),
}

const newRows = {
  only: {
    flag: '--only <domain...>',
    says: 'for this domain and what is below it, or this address, alone',
    read: readOnly,
    initial: undefined,
  },
  days: optional('--days <number>', 'for so long', readDays, 'ten years'),
}

const stores: readonly StoreKind[] = ['system', 'nss', 'java', 'android']

/** `parley ca …`: the root certificate that clients are to trust. Most make it if there is none yet. */
export function addCa(program: Command): void {
  const ca = program.command('ca').description('the root certificate that clients must trust, and the stores that do')
  const add = (name: string, says: string, rows: OptionRows = {}): Command =>
    addOptions(ca.command(name).description(says), { caDir: proxyOptions.caDir, json, ...rows })
  const addText = (name: string, says: string, text: (authority: Authority) => string): void => {
    add(name, says).action(async (flags: { readonly caDir: string; readonly json?: boolean }) => {
      const { openAuthority } = await import('../../../ca/index.ts') // the proxy's own thread loads it for itself
      const authority = await openAuthority(flags.caDir)
      if (flags.json) (await import('../authority/root-json.ts')).printRoot(authority)
      else print(`${text(authority).trimEnd()}\n`)
    })
  }
  addStores(add)
  add('export', 'print the root certificate, or write it in another form', exportRows).action(async flags =>
    (await import('../authority/export.ts')).exportRoot(flags),
  )
  add('new', 'make another root; the former one is kept until parley ca uninstall', newRows).action(async flags =>
    (await import('../authority/renew.ts')).makeNewRoot(flags),
  )
  add('renew', 'give the root a new period, with the same key and name').action(async flags =>
    (await import('../authority/renew.ts')).renewRoot(flags),
  )
  addText('path', 'print the path of the root certificate', ({ certificatePath }) => certificatePath)
  addText(
    'fingerprint',
    "print the root's SHA-256 fingerprint, and the hash of its key for Chromium's --ignore-certificate-errors-spki-list",
    ({ fingerprint256, spkiSha256 }) => `sha256 ${fingerprint256}\nspki   ${spkiSha256}`,
  )
}

function addStores(add: (name: string, says: string, rows?: OptionRows) => Command): void {
  const named = () => new Argument('[store...]', 'without any: system, nss and java').choices(stores)
  add('install', 'have the stores of this machine, or Android devices at it, trust the root', { yes })
    .addArgument(named())
    .action(async (kinds, flags) => (await import('../authority/install.ts')).installRoot(kinds, flags))
  add('uninstall', 'take out of them what Parley put in, of former roots too', { yes })
    .addArgument(new Argument('[store...]', 'without any: all').choices(stores))
    .action(async (kinds, flags) => (await import('../authority/uninstall.ts')).uninstallRoots(kinds, flags))
  add('status', 'print for each store whether it trusts this very root').action(async flags =>
    (await import('../authority/status.ts')).showStatus(flags),
  )
}
