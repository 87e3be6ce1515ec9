import type { Command } from 'commander'
import { caDirOption } from '../options.ts'
import { print } from '../stdout.ts'

/** Loaded when asked for: the proxy's own thread loads it for itself. */
const open = async (folder: string) => (await import('../../../ca/index.ts')).openAuthority(folder)

/** `parley ca …`: the root certificate that clients are to trust. */
export function addCa(program: Command): void {
  const ca = program.command('ca').description('the certificate authority: where it is, what it is')
  ca.command('path')
    .description('print the path of the root certificate, made if there is none yet')
    .addOption(caDirOption())
    .action(async ({ caDir }: { caDir: string }) => {
      print(`${(await open(caDir)).certificatePath}\n`)
    })
  ca.command('export')
    .description('print the root certificate in PEM')
    .addOption(caDirOption())
    .action(async ({ caDir }: { caDir: string }) => {
      print((await open(caDir)).certificatePem)
    })
  ca.command('fingerprint')
    .description(
      "print the root's SHA-256 fingerprint, and its key's hash for Chromium's --ignore-certificate-errors-spki-list",
    )
    .addOption(caDirOption())
    .action(async ({ caDir }: { caDir: string }) => {
      const { fingerprint256, spkiSha256 } = await open(caDir)
      print(`sha256 ${fingerprint256}\nspki   ${spkiSha256}\n`)
    })
}
