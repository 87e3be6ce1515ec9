import type { Command } from 'commander'
import { type Authority, AuthorityError, openAuthority } from '../../../ca/index.ts'
import type { AuthorityState, StoreTrust, Surroundings } from '../../doctor/surroundings.ts'
import { thisMachine } from '../../doctor/this-machine.ts'
import { trustedRoots } from '../../proxy/leg/roots.ts'
import { listCaptures } from '../../store/capture-files.ts'
import { captureFolder } from '../../store/data-folder.ts'
import { readCertificate } from '../../wire/x509/certificate.ts'
import { applyConfig, configPath } from '../config-file.ts'
import { descriptorLimit } from '../threads/descriptor-limit.ts'
import type { DoctorFlags } from './flags.ts'

type Config = Surroundings['config']

/** Reads the config file as every command would, with all options and keys, and hands the doctor's to its own command. */
export async function readConfig(command: Command): Promise<Config> {
  const asked = (command.opts() as DoctorFlags).config
  const path = asked ?? configPath(process.env)
  const there = thisMachine(0).stateOf(path) !== undefined
  try {
    await applyConfig(command, process.env, asked)
    await applyConfig(command.parent!, process.env, asked) // whose options are all of the proxy's
    return { path, there }
  } catch (error) {
    return { path, there, complaint: (error as Error).message }
  }
}

/** All that the checks look at. Makes nothing. */
export async function surroundings({ listen, caDir }: DoctorFlags, config: Config): Promise<Surroundings> {
  const machine = thisMachine(descriptorLimit())
  const isThere = ['certs', 'keys'].some(part => machine.stateOf(`${caDir}/${part}`) !== undefined)
  const authority: AuthorityState = isThere ? await stateOf(caDir) : { state: 'none' }
  const folder = captureFolder()
  return {
    machine,
    listen,
    authorityFolder: caDir,
    authority,
    stores: authority.state === 'sound' ? trustOf(authority.certificatePem) : [],
    config,
    captures: { folder, paths: capturesIn(folder) },
  }
}

async function stateOf(folder: string): Promise<AuthorityState> {
  try {
    return soundState(await openAuthority(folder))
  } catch (error) {
    if (!(error instanceof AuthorityError)) throw error
    const { message, remedy } = error
    return { state: 'refused', message: message.replace(`; ${remedy}`, ''), remedy }
  }
}

function soundState({ certificatePem, certificateDer, fingerprint256 }: Authority): AuthorityState {
  const { notBefore, notAfter } = readCertificate(certificateDer)
  return { state: 'sound', certificatePem, fingerprint256, notBefore, notAfter }
}

/** The store that most programs of a system share, as Node reads it. */
function trustOf(root: string): readonly StoreTrust[] {
  const bare = (pem: string): string => pem.replace(/\s/g, '')
  const trusted = trustedRoots([]).some(pem => bare(pem) === bare(root))
  return [{ kind: 'system', title: 'system', standing: trusted ? 'trusted' : 'not-trusted' }]
}

function capturesIn(folder: string): readonly string[] {
  try {
    return listCaptures(folder)
  } catch {
    return [] // nobody may look: the check of the folder says so
  }
}
