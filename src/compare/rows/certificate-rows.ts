import type { Handshake } from '../../wire/tls/handshake.ts'
import { showKey } from '../../wire/x509/public-key.ts'
import { showChain, structureOf } from '../chain.ts'
import { type CompareAspects, type ComparisonRow, nothing, rowOf } from '../comparison.ts'
import { notVisible, proofHidden } from '../hidden.ts'
import type { LegPair } from '../leg-pair.ts'
import { keyStrength } from '../strength.ts'

// RFC 9155, SP 800-131A: what browsers and OpenSSL's default level refuse.
const leastBits = 112

/** The certificates of both legs: minted and real. */
export const certificateRows: CompareAspects = pair => rowsOf(pair).map(row => ofResumed(row, pair))

/** A leg that resumes a session shows no certificate again, and asks for none. */
function ofResumed(row: ComparisonRow, { client, upstream }: LegPair): ComparisonRow {
  const silent = row.client === nothing ? client : row.upstream === nothing ? upstream : undefined
  if (!silent || silent.negotiated.resumption === 'none') return row
  const leg = silent === client ? 'client' : 'upstream'
  return { ...row, why: `The ${leg} leg resumes an earlier session, so no certificates are sent.` }
}

const rowsOf: CompareAspects = pair => [
  ...chainRow(pair),
  ...keyRow(pair),
  ...rowOf('ocsp', 'OCSP stapled', stapled(pair.client), stapled(pair.upstream), () => ({
    mark: '≠',
    why: 'An OCSP response covers one certificate, so the server’s cannot be stapled to Parley’s.',
  })),
  ...rowOf('client-certificate', 'Client certificate', asked(pair.client), asked(pair.upstream), () => ({
    mark: '!',
    why: 'The server asks for a client certificate. Parley does not have the client’s key, so it can only present a certificate given with --client-cert.',
  })),
]

function chainRow({ client, upstream }: LegPair): ComparisonRow[] {
  const rows = rowOf('certificate', 'Certificate', chainOf(client), chainOf(upstream), () => ({
    mark: '≠',
    why: minted,
  }))
  if (!client || !upstream || sameCertificates(client, upstream)) return rows
  return rows.map(row => (row.mark === '=' ? { ...row, mark: '≠', why: minted } : row))
}

const minted = 'The client saw a certificate that Parley minted after the server’s and signed with its own CA.'

const chainOf = (leg: Handshake | undefined): string | undefined =>
  settled(leg) ? showChain(leg!.serverCertificates) : unread(leg)

const sameCertificates = (a: Handshake, b: Handshake): boolean =>
  a.serverCertificates.length === b.serverCertificates.length &&
  a.serverCertificates.every((der, i) => Buffer.compare(der, b.serverCertificates[i]!) === 0)

function keyRow({ client, upstream }: LegPair): ComparisonRow[] {
  const [ours, theirs] = [keyOf(client), keyOf(upstream)]
  return rowOf(
    'key',
    'Certificate key',
    ours ? showKey(ours) : unread(client),
    theirs ? showKey(theirs) : unread(upstream),
    () => {
      if (theirs && ours && keyStrength(theirs) < leastBits && keyStrength(ours) >= leastBits)
        return {
          mark: '!',
          why: 'The server’s key is so weak that many clients would refuse it; Parley’s hides that from the client.',
        }
      return { mark: '≠', why: 'Parley has one leaf key of each common type and used the closest to the server’s.' }
    },
  )
}

function keyOf(leg: Handshake | undefined) {
  const [leaf] = leg?.serverCertificates ?? []
  return leaf && structureOf(leaf)?.key
}

const settled = (leg: Handshake | undefined): boolean => leg !== undefined && leg.serverCertificates.length > 0

const unread = (leg: Handshake | undefined): string | undefined => (proofHidden(leg) ? notVisible : undefined)

const stapled = (leg: Handshake | undefined): string | undefined =>
  settled(leg) ? (leg!.negotiated.ocspStapled ? 'yes' : 'no') : unread(leg)

const asked = (leg: Handshake | undefined): string | undefined =>
  settled(leg) ? leg!.negotiated.clientCertificate : unread(leg)
