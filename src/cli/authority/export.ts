import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Authority, openAuthority } from '../../../ca/index.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import { print } from '../stdout.ts'

export interface ExportFlags {
  readonly caDir: string
  readonly output?: string
  readonly pem?: boolean
  readonly der?: boolean
  readonly p12?: boolean
  readonly android?: boolean
  readonly mobileconfig?: boolean
}

const forms = ['pem', 'der', 'p12', 'android', 'mobileconfig'] as const

/** `parley ca export`: the root certificate, never its key, in one form. */
export async function exportRoot(flags: ExportFlags): Promise<void> {
  const [form = 'pem', another] = forms.filter(each => flags[each])
  if (another !== undefined) throw new CliError(`give --${form} or --${another}, not both`, usageExitCode)
  const authority = await openAuthority(flags.caDir)
  if (form === 'android') return exportForAndroid(authority, flags.output ?? '.')
  const { mobileconfig, sealedTrustStore } = await authority.forms()
  const { certificateDer: der, certificatePem, name } = authority
  if (form === 'pem') return give(certificatePem, flags.output)
  if (form === 'mobileconfig') return give(mobileconfig(der, name), flags.output)
  if (flags.output === undefined && process.stdout.isTTY)
    throw new CliError(`--${form} is no text: name a file with --output, or a pipe`, usageExitCode)
  give(form === 'der' ? der : sealedTrustStore(der, name), flags.output)
  if (form === 'p12') note('it has the certificate without its key, and an empty password')
}

/** As the system's store wants it, named by a hash, and as a person opens it. */
async function exportForAndroid(authority: Authority, folder: string): Promise<void> {
  const { certificateDer: der, certificatePem } = authority
  const { subjectHashOld } = await authority.forms()
  const system = join(folder, `${subjectHashOld(der)}.0`)
  const person = join(folder, 'parley-ca.crt')
  give(certificatePem, system)
  give(der, person)
  print(`${system}\n${person}\n`)
  note('the first is for /system/etc/security/cacerts of a rooted device; open the second on any other')
}

function give(content: string | Buffer, path: string | undefined): void {
  if (path === undefined) return print(content)
  try {
    writeFileSync(path, content)
  } catch (error) {
    throw new CliError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
