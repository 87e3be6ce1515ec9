import type { Command } from 'commander'
import type { Authority } from '../../../ca/index.ts'
import { addOptions, proxyOptions } from '../options.ts'
import { print } from '../stdout.ts'

/** `parley ca …`: the root certificate that clients are to trust. Each makes it if there is none yet. */
export function addCa(program: Command): void {
  const ca = program.command('ca').description('print the root certificate that clients must trust, or where it is')
  const add = (name: string, says: string, text: (authority: Authority) => string): void => {
    addOptions(ca.command(name).description(says), { caDir: proxyOptions.caDir }).action(
      async ({ caDir }: { caDir: string }) => {
        const { openAuthority } = await import('../../../ca/index.ts') // the proxy's own thread loads it for itself
        print(`${text(await openAuthority(caDir)).trimEnd()}\n`)
      },
    )
  }
  add('path', 'print the path of the root certificate', ({ certificatePath }) => certificatePath)
  add('export', 'print the root certificate in PEM', ({ certificatePem }) => certificatePem)
  add(
    'fingerprint',
    "print the root's SHA-256 fingerprint, and the hash of its key for Chromium's --ignore-certificate-errors-spki-list",
    ({ fingerprint256, spkiSha256 }) => `sha256 ${fingerprint256}\nspki   ${spkiSha256}`,
  )
}
