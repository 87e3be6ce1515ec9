import type { Command } from 'commander'
import { type Authority, AuthorityError, openAuthority, trustStores } from '../../../ca/index.ts'
import type { AuthorityState, StoreTrust, Surroundings } from '../../doctor/surroundings.ts'
import { thisMachine } from '../../doctor/this-machine.ts'
import { listCaptures } from '../../store/capture-files.ts'
import { captureFolder } from '../../store/data-folder.ts'
import { readCertificate } from '../../wire/x509/certificate.ts'
import { usualStores } from '../authority/stores.ts'
import { applyConfig, configPath } from '../config-file.ts'
import { undoLeftBehind } from '../open-journal.ts'
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

/** All that the checks look at. Makes nothing, and undoes what a Parley that was killed has left. */
export async function surroundings({ listen, caDir }: DoctorFlags, config: Config): Promise<Surroundings> {
  const leftBehind = await undoLeftBehind()
  const machine = thisMachine(descriptorLimit())
  const isThere = ['certs', 'keys'].some(part => machine.stateOf(`${caDir}/${part}`) !== undefined)
  const opened = isThere ? await openedIn(caDir) : undefined
  const folder = captureFolder()
  return {
    machine,
    leftBehind,
    listen,
    authorityFolder: caDir,
    authority: opened ? stateOf(opened) : { state: 'none' },
    stores: opened && !(opened instanceof AuthorityError) ? await trustOf(opened) : [],
    config,
    captures: { folder, paths: capturesIn(folder) },
  }
}

async function openedIn(folder: string): Promise<Authority | AuthorityError> {
  try {
    return await openAuthority(folder)
  } catch (error) {
    if (error instanceof AuthorityError) return error
    throw error
  }
}

function stateOf(opened: Authority | AuthorityError): AuthorityState {
  if (opened instanceof AuthorityError) {
    const { message, remedy } = opened
    return { state: 'refused', message: message.replace(`; ${remedy}`, ''), remedy }
  }
  const { certificatePem, certificateDer, fingerprint256 } = opened
  const { notBefore, notAfter } = readCertificate(certificateDer)
  return { state: 'sound', certificatePem, fingerprint256, notBefore, notAfter }
}

/** How the stores of this machine stand to the root; one that cannot be asked says why. */
async function trustOf({ certificateDer, certificatePath }: Authority): Promise<readonly StoreTrust[]> {
  const { check, findStores, thisMachine: asStoresSeeIt, TrustError, trustedRoot } = await trustStores()
  const root = trustedRoot(certificateDer, certificatePath)
  const standings = usualStores.map(async (kind): Promise<readonly StoreTrust[]> => {
    try {
      const stores = await findStores(asStoresSeeIt(), kind)
      return await Promise.all(stores.map(async store => ({ kind, place: store.place, ...(await check(store, root)) })))
    } catch (error) {
      if (!(error instanceof TrustError)) throw error
      return [{ kind, place: kind, standing: 'unknown', says: error.message }]
    }
  })
  return (await Promise.all(standings)).flat()
}

function capturesIn(folder: string): readonly string[] {
  try {
    return listCaptures(folder)
  } catch {
    return [] // nobody may look: the check of the folder says so
  }
}
