import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { insist, TrustError } from './step.ts'
import { certificatesIn, type Store, standingIn } from './store.ts'
import { findProgram, foldersIn, mayWrite, type Surroundings } from './surroundings.ts'

const howToGet = 'keytool is missing: it comes with every Java; set JAVA_HOME to one'

/** Every cacerts of the Javas on this machine, once where several share one. */
export function javaStores(surroundings: Surroundings): readonly Store[] {
  const places = javaHomes(surroundings)
    .flatMap(home => [join(home, 'lib/security/cacerts'), join(home, 'jre/lib/security/cacerts')])
    .filter(existsSync)
    .map(path => realpathSync(path))
  return [...new Set(places)].map(place => javaStore(surroundings, place))
}

export function javaStore(surroundings: Surroundings, place: string): Store {
  const open = ['-keystore', place, '-storepass', 'changeit'] // as every Java ships it
  const keytool = () => {
    const found = findKeytool(surroundings)
    if (found === undefined) throw new TrustError(howToGet)
    return found
  }
  const step = (...args: readonly string[]) => {
    return { command: keytool(), args: [...args, ...open], asRoot: !mayWrite(place) }
  }
  return {
    kind: 'java',
    place,
    title: 'Java',
    async check(root) {
      if (findKeytool(surroundings) === undefined) return { standing: 'unknown', says: howToGet }
      return {
        standing: standingIn(certificatesIn(await insist(surroundings, keytool(), '-list', '-rfc', ...open)), root),
      }
    },
    install: async root => [step('-importcert', '-noprompt', '-trustcacerts', '-alias', root.name, '-file', root.path)],
    async remove(root) {
      if (!existsSync(place)) return []
      const entries = entriesOf(await insist(surroundings, keytool(), '-list', '-rfc', ...open))
      const its = entries.filter(({ der }) => der?.equals(root.der))
      return its.map(({ alias }) => step('-delete', '-alias', alias))
    },
  }
}

function javaHomes({ environment, home, base }: Surroundings): readonly string[] {
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, 'java'))
    .find(existsSync)
  const javas = ['usr/lib/jvm', 'usr/java', 'opt/java'].map(folder => join(base, folder))
  const macs = [join(base, 'Library/Java/JavaVirtualMachines'), join(home, 'Library/Java/JavaVirtualMachines')]
  const vendors = ['Java', 'Eclipse Adoptium', 'Microsoft', 'Amazon Corretto', 'Zulu']
  const programs = environment.ProgramFiles
  return [
    ...(environment.JAVA_HOME ? [environment.JAVA_HOME] : []),
    ...(onPath ? [dirname(dirname(realpathSync(onPath)))] : []),
    ...[...javas, join(home, '.sdkman/candidates/java'), join(home, '.jdks')].flatMap(foldersIn),
    ...macs.flatMap(foldersIn).map(folder => join(folder, 'Contents/Home')),
    ...(programs ? vendors.flatMap(vendor => foldersIn(join(programs, vendor))) : []),
  ]
}

const findKeytool = (surroundings: Surroundings): string | undefined => {
  const beside = javaHomes(surroundings).map(home => join(home, 'bin'))
  const name = surroundings.platform === 'win32' ? 'keytool.exe' : 'keytool'
  return findProgram(surroundings, name, ...beside)
}

/** Of `keytool -list -rfc`: an alias, then its certificates, the first of which is its own. */
const entriesOf = (list: string): readonly { readonly alias: string; readonly der: Buffer | undefined }[] =>
  list
    .split(/^Alias name: /m)
    .slice(1)
    .map(text => ({ alias: text.split(/\r?\n/, 1)[0]!, der: certificatesIn(text)[0] }))
