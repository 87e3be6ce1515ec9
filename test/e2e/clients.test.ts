/** Clients of many runtimes over HTTPS through `parley run`: each gets through, or does not, as the README says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after } from 'node:test'
import { readmePath } from '../docs.ts'
import { verdictsIn } from './support/client-table.ts'
import { clients, inFile } from './support/clients.ts'
import { e2e } from './support/programs.ts'
import { type Servers, startServers, tryClient } from './support/try-client.ts'

const said = verdictsIn(readFileSync(readmePath, 'utf8'))

const cleaners: (() => unknown)[] = []
after(async () => {
  for (const clean of cleaners) await clean()
})
let started: Promise<Servers> | undefined
/** For all tests of this file. */
function servers(): Promise<Servers> {
  started ??= startServers({ after: clean => void cleaners.push(clean) })
  return started
}

for (const client of clients)
  e2e(`${client.name}: ${said.get(client.name)}`, {}, async t => {
    const tried = await tryClient(t, client, await servers())
    if (tried === undefined) return t.skip(`needs ${client.name}`)
    if (tried.seconds !== undefined) t.diagnostic(`read after ${tried.seconds} s`)
    assert.equal(tried.verdict, said.get(client.name), tried.said)
  })

const named = (...names: readonly string[]) => clients.filter(({ name }) => names.includes(name))

const main = (statements: string): string => `import java.net.*; import java.net.http.*;
public class Main { public static void main(String[] a) throws Exception {
  var anna = new Authenticator() { protected PasswordAuthentication getPasswordAuthentication() {
    return new PasswordAuthentication("me", "p@ss:w".toCharArray()); } };
  ${statements} } }`

/** What README has a Java program say where Parley asks for credentials. */
const javaWithAuthenticator = {
  'Java HttpsURLConnection':
    'Authenticator.setDefault(anna); System.out.println(new String(new URL(a[0]).openStream().readAllBytes()));',
  'Java HttpClient':
    'System.out.println(HttpClient.newBuilder().authenticator(anna).build().send(HttpRequest.newBuilder(URI.create(a[0])).build(), HttpResponse.BodyHandlers.ofString()).body());',
}

const withAuthenticator = Object.entries(javaWithAuthenticator).flatMap(([name, statements]) =>
  named(name).map(client => ({ ...client, arguments: inFile('Main.java', main(statements)) })),
)

for (const client of [
  ...named('curl', 'Python urllib', 'Node before 22 fetch', 'Node https', 'PHP streams'),
  ...withAuthenticator,
])
  e2e(`${client.name} gives credentials where Parley asks for them, and finds it on IPv6`, {}, async t => {
    const tried = await tryClient(t, client, await servers(), '--auth', 'me:p@ss:w', '--listen', '[::1]:0')
    if (tried === undefined) return t.skip(`needs ${client.name}`)
    assert.equal(tried.verdict, 'as it is', tried.said)
  })

for (const client of named('curl', 'wget', 'Java HttpClient', 'Node before 22 https'))
  e2e(`${client.name} trusts a host that is passed through, as the roots are not Parley's alone`, {}, async t => {
    const tried = await tryClient(t, client, await servers(), '--pass-through', 'origin.test')
    if (tried === undefined) return t.skip(`needs ${client.name}`)
    assert.equal(tried.verdict, 'not', 'nothing is read of it')
    assert.match(tried.said, /GET \/asked [\s\S]*parley: 1 flow\n/)
  })

for (const client of named(
  'curl',
  'Python urllib',
  'Node before 22 fetch',
  'Node before 22 https',
  'Node https',
  'Java HttpClient',
))
  e2e(`${client.name} reaches a host of --except without Parley`, {}, async t => {
    const tried = await tryClient(t, { ...client, local: true }, await servers(), '--except', 'localhost')
    if (tried === undefined) return t.skip(`needs ${client.name}`)
    assert.equal(tried.verdict, 'not', tried.said)
    assert.match(tried.said, /GET \/asked [\s\S]*nothing came through Parley/)
  })
