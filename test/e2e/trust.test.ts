/** Clients that trust Parley's root and nothing else: what it signs is good enough for them, or for those that know less. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { runChromium } from './support/browser.ts'
import { runCurl } from './support/curl.ts'
import { runGo } from './support/go.ts'
import { identityArguments, startOpensslServer } from './support/openssl.ts'
import { type Owner, run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { sharedParley } from './support/shared-parley.ts'

const host = 'localhost'
const { parley: parleyOf, identities: identitiesOf } = sharedParley()

const keyTypes = ['ec', 'rsa'] as const

async function serverOf(owner: Owner, keyType: (typeof keyTypes)[number]): Promise<number> {
  const files = (await identitiesOf()).leaf(keyType, { host, keyType })
  return (await startOpensslServer(owner, '-www', ...identityArguments(files))).port
}

/** What the client of the connection to `port` was shown, as common names from the leaf up; it complained of nothing. */
async function shownTo(port: number): Promise<{ names: string[]; key: string; pems: string[] }> {
  const row: ConnectionJson = await (await parleyOf()).closedTo(port)
  assert.deepEqual(row.problems, [])
  const certificates = row.legs.client.tls?.certificates?.server ?? []
  const names = certificates.map(({ subject }) => /CN=(Parley run|Parley CA|[^,]*)/.exec(subject!)![1]!)
  return { names, key: certificates[0]!.key!, pems: certificates.map(({ pem }) => pem) }
}

const chain = [host, 'Parley run', 'Parley CA']

const goSource = `package main
import ("bufio"; "crypto/tls"; "crypto/x509"; "fmt"; "io"; "net"; "os")
func main() {
  pem, _ := os.ReadFile(os.Args[3])
  roots := x509.NewCertPool(); roots.AppendCertsFromPEM(pem)
  c, err := net.Dial("tcp", os.Args[1]); if err != nil { panic(err) }
  fmt.Fprintf(c, "CONNECT %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n", os.Args[2], os.Args[2])
  bufio.NewReaderSize(c, 39).ReadString('\\n')
  t := tls.Client(c, &tls.Config{ServerName: "localhost", RootCAs: roots})
  if err := t.Handshake(); err != nil { panic(err) }
  for _, one := range t.ConnectionState().VerifiedChains[0] { fmt.Println("verified", one.Subject) }
  fmt.Fprintf(t, "GET / HTTP/1.0\\r\\n\\r\\n")
  io.ReadAll(t)
  t.Close()
}`

e2e('Go verifies the chain up to the root', { needs: ['openssl', 'go'], timeout: 120_000 }, async t => {
  const port = await serverOf(t, 'ec')
  const parley = await parleyOf()
  const { stdout, stderr } = await runGo(t, goSource, `127.0.0.1:${parley.port}`, `${host}:${port}`, parley.caPath)
  assert.match(stdout, /^verified CN=localhost\nverified CN=Parley run .*\nverified CN=Parley CA .*\n$/, stderr)
  assert.deepEqual((await shownTo(port)).names, chain)
})

for (const keyType of keyTypes)
  e2e(
    `NSS, and Chromium with the root in its store, take a leaf with an ${keyType} key`,
    { needs: ['openssl', 'certutil', 'chromium'] },
    async t => {
      const port = await serverOf(t, keyType)
      const parley = await parleyOf()
      const home = temporaryFolder(t)
      const store = join(home, '.pki', 'nssdb')
      mkdirSync(store, { recursive: true })
      const certutil = async (...args: string[]) => run('certutil', ['-d', `sql:${store}`, ...args])
      await certutil('-N', '--empty-password')
      await certutil('-A', '-n', 'root', '-t', 'C,,', '-i', parley.caPath)
      const { stdout, stderr } = await runChromium(t, parley, `https://${host}:${port}/`, [], { HOME: home })
      assert.match(stdout, /s_server/, stderr.slice(-2000))
      const { names, key, pems } = await shownTo(port)
      assert.deepEqual(names, chain)
      assert.match(key, keyType === 'ec' ? /P-256/ : /RSA/)
      for (const [index, name] of ['leaf', 'run'].entries()) {
        const file = join(home, `${name}.pem`)
        writeFileSync(file, pems[index]!)
        await certutil('-A', '-n', name, '-t', ',,', '-i', file)
      }
      const verdict = await certutil('-V', '-n', 'leaf', '-u', 'V', '-e')
      assert.match(verdict.stdout, /certificate is valid/, verdict.stderr)
    },
  )

const rsaOnly = 'rsa_pss_rsae_sha256:rsa_pkcs1_sha256'

e2e('a client that verifies no ECDSA gets a leaf that the root signed', { needs: ['openssl', 'curl'] }, async t => {
  const parley = await parleyOf()
  const [asked, told] = [await serverOf(t, 'rsa'), await serverOf(t, 'rsa')]
  const flags = ['-verify_return_error', '-x509_strict', '-sigalgs', rsaOnly, '-ign_eof', '-quiet']
  const args = [
    '-proxy',
    `127.0.0.1:${parley.port}`,
    '-connect',
    `${host}:${asked}`,
    '-CAfile',
    parley.caPath,
    ...flags,
  ]
  const { stdout, stderr } = await run('openssl', ['s_client', ...args], { input: 'GET / HTTP/1.0\r\n\r\n' })
  assert.match(stdout, /s_server/, stderr)
  assert.deepEqual((await shownTo(asked)).names, [host, 'Parley CA'])
  const tls12 = ['--tls-max', '1.2', '--ciphers', 'ECDHE-RSA-AES128-GCM-SHA256']
  const page = await runCurl(parley, [...tls12, `https://${host}:${told}/`])
  assert.match(page.stdout, /s_server/, page.stderr)
  assert.deepEqual((await shownTo(told)).names, [host, 'Parley CA'])
})

e2e('the failure page comes with a chain that its client can verify', { needs: ['curl'] }, async () => {
  const parley = await parleyOf()
  const get = (...args: string[]) => runCurl(parley, [...args, 'https://localhost:1/'])
  for (const args of [[], ['--tls-max', '1.2', '--ciphers', 'ECDHE-RSA-AES128-GCM-SHA256']])
    assert.match((await get(...args)).stdout, /Code: tcp\/refused/)
})
