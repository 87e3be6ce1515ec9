import {
  alternativeNames,
  authority,
  extension,
  generalName,
  type Minted,
  mint,
  nameConstraints,
  purposes,
  type Wish,
} from '../../../wire/x509/mint.ts'

/**
 * Prints src/proxy/leg/exact/self-test-certificates.ts anew, with keys that nobody keeps:
 * `node test/proxy/leg/exact/make-self-test.ts > src/proxy/leg/exact/self-test-certificates.ts`
 */
const forHost = alternativeNames(generalName(2, 'good.test'))
const leafBy = (issuer: Minted, subject: string, wish: Partial<Wish> = {}): Minted =>
  mint({ issuer, subject: `CN=${subject}`, ...wish, extensions: [forHost, ...(wish.extensions ?? [])] })

const root = mint({ subject: 'CN=root', extensions: [authority()] })
const stranger = mint({ subject: 'CN=stranger', extensions: [authority()] })
const issuer = mint({ subject: 'CN=issuer', issuer: root, extensions: [authority()] })
const onlyOthers = nameConstraints([generalName(2, 'other.test')])
const constrained = mint({ subject: 'CN=constrained', issuer: root, extensions: [authority(), onlyOthers] })
const leaf = leafBy(issuer, 'leaf')

const all = {
  root,
  stranger,
  issuer,
  constrained,
  leaf,
  leafOfStranger: leafBy(stranger, 'leaf of stranger'),
  leafOfLeaf: leafBy(leaf, 'leaf of leaf'),
  expired: leafBy(issuer, 'expired', { to: '20010101000000Z' }),
  future: leafBy(issuer, 'future', { from: '99990101000000Z' }),
  forClients: leafBy(issuer, 'for clients', { extensions: [purposes('1.3.6.1.5.5.7.3.2')] }),
  outOfConstraints: leafBy(constrained, 'out of constraints'),
  unknownCritical: leafBy(issuer, 'unknown critical', { extensions: [extension('1.2.3.4', Buffer.of(5, 0), true)] }),
  signedWithSha1: leafBy(issuer, 'signed with SHA-1', { hash: 'sha1' }),
}

const rows = Object.entries(all).map(([name, { der }]) => `  ${name}:\n    '${der.toString('base64')}',\n`)
process.stdout.write(`/** DER in base64; made by test/proxy/leg/exact/make-self-test.ts, and nobody has the keys. P-256. */
export const certificates = {
${rows.join('')}} as const

export type SelfTestName = keyof typeof certificates
`)
