/** Trust stores for real: what Parley puts in, their programs trust, and what it takes out is gone without a trace. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openAuthority } from '../../ca/authority.ts'
import { pemOf } from '../../ca/certificate.ts'
import { readHostName } from '../../ca/host-name.ts'
import { rootIssuer } from '../../ca/issuer.ts'
import { mintLeaf } from '../../ca/leaf.ts'
import { LeafKeys } from '../../ca/leaf-keys.ts'
import { replaceAuthority } from '../../ca/renewal.ts'
import { openRoot } from '../../ca/root.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = join(import.meta.dirname, '../../dist/src/cli/main.js')

/** A server with a leaf of this authority; curl and OpenSSL meet it by the name localhost. */
async function serverOf(t: TestContext, folder: string): Promise<{ port: number; leaf: string }> {
  const leaf = await (await openAuthority(folder)).leafFor('localhost', 'rsa', 'rsa')
  const server = createServer({ key: leaf.key, cert: leaf.chain }, (_, response) => response.end('trusted'))
  await new Promise<void>(resolve => server.listen(0, resolve))
  t.after(() => server.close())
  const path = join(folder, 'leaf.pem')
  writeFileSync(path, pemOf(leaf.der))
  return { port: (server.address() as AddressInfo).port, leaf: path }
}

/** Copies stand before the system's folders for the programs of one mount namespace: nothing outside it changes. */
const namespace = `set -e
for folder in etc/ssl/certs usr/local/share/ca-certificates var/lib/ca-certificates-java var/lib/dpkg; do
  mkdir -p "$COPIES/$folder"
  if [ -d "/$folder" ]; then cp -a "/$folder/." "$COPIES/$folder/"; mount --bind "$COPIES/$folder" "/$folder"; fi
done
look() { (cd /etc/ssl/certs; find . /usr/local/share/ca-certificates -type l -o -type f ! -name cacerts | sort | while read -r each; do echo "$each $(md5sum <"$each")"; done); }
parley() { "$NODE" "$MAIN" "$@"; }
visit() {
  curl -sS --noproxy '*' "https://localhost:$PORT/" || true; echo
  openssl s_client -verify_return_error -verify_hostname localhost -connect "localhost:$PORT" </dev/null 2>&1 | grep -o 'Verification: OK' || true
  rm -f "$COPIES/java.p12"
  keytool -importcert -trustcacerts -alias leaf -file "$LEAF" -keystore "$COPIES/java.p12" -storepass changeit </dev/null 2>&1 | grep -o 'was added' || true
}
look >"$COPIES/before"
echo "== untrusted"; visit
parley ca install --yes system
echo "== trusted"; visit
parley ca renew; parley ca install --yes system
echo "== renewed"; visit
parley ca uninstall --yes
echo "== gone"; visit
parley ca status
look >"$COPIES/after"`

const programs = ['unshare', 'update-ca-certificates', 'curl', 'openssl', 'keytool']

e2e(
  'the system of Debian and its Java: curl, OpenSSL and Java trust the root until it is taken out',
  { needs: programs, timeout: 280_000 },
  async t => {
    const way = await wayToNamespace()
    if (!way) return t.skip('this machine lets nobody make a mount namespace')
    const [home, copies] = [temporaryFolder(t), temporaryFolder(t)]
    const folder = join(home, 'parley', 'ca')
    const { port, leaf } = await serverOf(t, folder)
    const names = { NODE: process.execPath, MAIN: main, PORT: String(port), LEAF: leaf, COPIES: copies }
    const env = { ...names, HOME: home, XDG_DATA_HOME: home, LC_ALL: 'C' }
    const { code, stdout, stderr } = await run('unshare', [...way, 'sh', '-c', namespace], { env, timeout: 270_000 })
    assert.equal(code, 0, stderr + stdout)
    const [, untrusted, trusted, renewed, gone] = stdout.split(/^== \w+\n/m)
    const all = /^trusted\nVerification: OK\nwas added$/m
    assert.doesNotMatch(untrusted!, /^trusted$|OK|was added/m, stdout)
    assert.match(trusted!, all)
    assert.match(renewed!, all)
    assert.doesNotMatch(gone!.split('Parley CA')[0]!, /^trusted$|OK|was added/m, stdout)
    assert.doesNotMatch(gone!, /^(trusted|another)/m)
    assert.equal(readFileSync(join(copies, 'after'), 'utf8'), readFileSync(join(copies, 'before'), 'utf8'))
    assert.equal(readFileSync(join(home, 'parley', 'touched.json'), 'utf8'), '[]\n')
  },
)

/** As root, or as the root of a namespace of one's own; undefined where neither may be. */
async function wayToNamespace(): Promise<readonly string[] | undefined> {
  for (const way of [['-m'], ['-rm']]) if ((await run('unshare', [...way, 'true'])).code === 0) return way
  return undefined
}

e2e(
  'a root for one domain: OpenSSL and NSS take its leaves there, and no other that its key signs',
  { needs: ['openssl', 'certutil'] },
  async t => {
    const home = temporaryFolder(t)
    const folder = join(home, 'ca')
    await replaceAuthority(folder, { only: ['example.com', '127.0.0.1'] })
    const root = await openRoot(folder, Date.now())
    const key = await new LeafKeys().keyOf('ec')
    const database = join(home, 'db')
    mkdirSync(database)
    const certutil = (...args: string[]) => run('certutil', ['-d', `sql:${database}`, ...args])
    await certutil('-N', '--empty-password')
    await certutil('-A', '-n', 'root', '-t', 'C,,', '-i', join(folder, 'certs', 'ca.pem'))
    for (const [host, good] of [
      ['www.example.com', true],
      ['127.0.0.1', true],
      ['www.example.org', false],
      ['127.0.0.2', false],
      ['::1', false],
    ] as const) {
      const leaf = await mintLeaf(rootIssuer(root), key, readHostName(host), undefined, Date.now())
      const file = join(home, 'leaf.pem')
      writeFileSync(file, pemOf(leaf.der))
      const openssl = await run('openssl', ['verify', '-x509_strict', '-CAfile', join(folder, 'certs', 'ca.pem'), file])
      assert.equal(openssl.code === 0, good, `${host}: ${openssl.stdout}${openssl.stderr}`)
      if (!good) assert.match(openssl.stderr, /subtree violation/)
      await certutil('-A', '-n', host, '-t', ',,', '-i', file)
      const nss = await certutil('-V', '-n', host, '-u', 'V', '-e')
      assert.equal(/certificate is valid/.test(nss.stdout), good, `${host}: ${nss.stdout}${nss.stderr}`)
    }
  },
)
