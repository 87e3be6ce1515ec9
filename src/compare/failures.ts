import type { Party } from '../model/party.ts'

/** What a code of a problem means, for a person. */
export interface Failure {
  readonly cause: string
  readonly blame: Party
  /** What to look at to be sure. */
  readonly evidence: string
  readonly remedy: string
}

const installCa =
  'Install Parley’s CA in the client (`parley ca install`), or start the client under `parley run` or `parley browser`.'
const passThrough = 'Pass this host through (P): its traffic is then relayed unread.'
const trustServer = 'Fix the server, or allow this certificate for this host alone with --insecure-host.'

const certificate = (cause: string, evidence: string, remedy = trustServer): Failure => ({
  cause,
  blame: 'server',
  evidence,
  remedy,
})

/** Every problem of connections and of TLS that Parley can name, by its code. */
export const failures: Readonly<Record<string, Failure>> = {
  'tls/client-rejected-leaf': {
    cause: 'The client rejected the certificate that Parley minted.',
    blame: 'client',
    evidence:
      'An alert from the client after Parley’s Certificate: unknown_ca, bad_certificate or certificate_unknown.',
    remedy: `${installCa} If it trusts the CA already, it pins its certificate. ${passThrough}`,
  },
  'tls/client-closed-after-certificate': {
    cause:
      'The client closed the connection after Parley’s certificate without a word: certificate pinning is suspected.',
    blame: 'client',
    evidence: 'Parley’s Certificate is the last message before the client’s FIN, and no alert came.',
    remedy: `${passThrough} If other hosts fail as well, the client does not know the CA: ${installCa}`,
  },
  'tls/no-common-version': {
    cause: 'The two sides have no TLS version in common.',
    blame: 'server',
    evidence: 'The versions in the ClientHello, and the alert protocol_version.',
    remedy: 'Allow an older version for this host with --min-tls, or update the older side.',
  },
  'tls/no-common-suite': {
    cause: 'The two sides have no cipher suite in common.',
    blame: 'server',
    evidence: 'The cipher suites in the ClientHello, and the alert handshake_failure or insufficient_security.',
    remedy: 'Compare the offer with what the server supports; --no-mirror sends Parley’s own offer instead.',
  },
  'tls/no-common-group': {
    cause: 'The two sides have no key exchange group in common.',
    blame: 'server',
    evidence: 'supported_groups in the ClientHello, or a HelloRetryRequest that the client could not answer.',
    remedy: 'Compare the groups with what the server supports; --no-mirror sends Parley’s own offer instead.',
  },
  'tls/no-common-signature-algorithm': {
    cause: 'The server has no certificate that it can sign for with an algorithm the other side accepts.',
    blame: 'server',
    evidence: 'signature_algorithms in the ClientHello against the key of the server’s certificate.',
    remedy: 'Give the server a certificate with another kind of key, or widen what the client accepts.',
  },
  'tls/unrecognized-name': {
    cause: 'The server does not know the name that it was asked for.',
    blame: 'server',
    evidence: 'server_name in the ClientHello, and the alert unrecognized_name.',
    remedy: 'Check the name, and that it resolves to the right server.',
  },
  'tls/no-common-alpn': {
    cause: 'The two sides have no application protocol in common.',
    blame: 'server',
    evidence: 'application_layer_protocol_negotiation in the ClientHello, and the alert no_application_protocol.',
    remedy: 'Have the client offer http/1.1 as well.',
  },
  'tls/certificate-expired': certificate(
    'The server’s certificate has expired.',
    'notAfter in the server’s Certificate.',
  ),
  'tls/certificate-not-yet-valid': certificate(
    'The server’s certificate is not valid yet.',
    'notBefore in the server’s Certificate, and this machine’s clock.',
    'Check this machine’s clock, then the server’s certificate.',
  ),
  'tls/certificate-self-signed': certificate(
    'The server’s certificate is signed by itself or by a root that this machine does not trust.',
    'Subject and issuer of the last certificate in the server’s chain.',
    'If you know the root, name its file with --upstream-ca; or allow it for this host alone with --insecure-host.',
  ),
  'tls/certificate-incomplete-chain': certificate(
    'The server does not send the intermediate certificates that lead to a root.',
    'The issuer of the last certificate that the server sent is not among the roots. Browsers often fetch what is missing.',
    'Have the server send its intermediates; until then name them with --upstream-ca.',
  ),
  'tls/certificate-wrong-host': certificate(
    'The server’s certificate is for another name.',
    'subjectAltName of the server’s certificate against the name that was asked for.',
  ),
  'tls/certificate-revoked': certificate(
    'The server’s certificate was revoked.',
    'The OCSP response that the server stapled.',
    'Do not send anything to this server until it has a new certificate.',
  ),
  'tls/certificate-weak-key': certificate(
    'The server’s certificate has a key that is too short.',
    'The public key in the server’s Certificate.',
  ),
  'tls/certificate-weak-digest': certificate(
    'The server’s chain is signed with a digest that is no longer safe.',
    'The signature algorithms in the server’s Certificate.',
  ),
  'tls/client-certificate-required': {
    cause: 'The server requires a client certificate, and it got none.',
    blame: 'client',
    evidence: 'CertificateRequest from the server, and the alert certificate_required or handshake_failure.',
    remedy: 'Give Parley the client’s certificate and key for this host with --client-cert.',
  },
  'tls/client-certificate-refused': {
    cause: 'The server refused the client certificate that Parley sent.',
    blame: 'server',
    evidence: 'Parley’s Certificate on the upstream leg, and the alert that followed it.',
    remedy:
      'Check that the certificate is valid and signed by an authority that the server’s CertificateRequest names.',
  },
  'tls/handshake-timeout': {
    cause: 'The handshake was not finished in time.',
    blame: 'server',
    evidence: 'The last message on the leg, and how long nothing followed it.',
    remedy: 'Look at which side owes the next message; a middlebox that drops large ClientHellos is a common cause.',
  },
  'tls/reset-by-client': {
    cause: 'The client reset the connection during the handshake.',
    blame: 'client',
    evidence: 'RST from the client, and the last message before it.',
    remedy: `The client may have given up or refuse the certificate without saying so. ${installCa}`,
  },
  'tls/reset-by-server': {
    cause: 'The server reset the connection during the handshake.',
    blame: 'server',
    evidence: 'RST from the server, and the last message before it.',
    remedy:
      'A reset right after ClientHello points at a firewall, or at a server that dislikes the offer: try --no-mirror.',
  },
  'tls/closed-by-client': {
    cause: 'The client closed the connection during the handshake.',
    blame: 'client',
    evidence: 'FIN from the client, and the last message before it.',
    remedy: 'Browsers open connections that they then do not need; if it happens every time, look at the last message.',
  },
  'tls/closed-by-server': {
    cause: 'The server closed the connection during the handshake.',
    blame: 'server',
    evidence: 'FIN from the server, and the last message before it.',
    remedy: 'Look at the last message; try --no-mirror to see whether the server dislikes the offer.',
  },
  'tls/refused-by-server': {
    cause: 'The server refused the handshake.',
    blame: 'server',
    evidence: 'The server’s alert, and the message before it.',
    remedy: 'Read the alert (?), compare the two ClientHellos, and try --no-mirror.',
  },
  'tls/refused-by-client': {
    cause: 'The client refused the handshake.',
    blame: 'client',
    evidence: 'The client’s alert, and the message before it.',
    remedy: 'Read the alert (?) and compare what Parley answered with what the server answered.',
  },
  'tls/refused-by-parley': {
    cause: 'Parley refused the handshake.',
    blame: 'parley',
    evidence: 'Parley’s alert, and the message before it.',
    remedy: 'If the other side is right, this is a bug in Parley: export the connection and report it.',
  },
  'tls/not-tls': {
    cause: 'The bytes where TLS was expected are not TLS.',
    blame: 'server',
    evidence: 'The first bytes of the leg, in the hex pane.',
    remedy: 'Check the port and the protocol that it speaks.',
  },
  'tls/http-on-tls-port': {
    cause: 'The server answered in plain HTTP where TLS was expected.',
    blame: 'server',
    evidence: 'The first bytes from the server read `HTTP/`.',
    remedy: 'Use http:// for this port, or the port on which the server speaks TLS.',
  },
  'proxy/loop': {
    cause: 'The target is Parley itself, so the request would go round for ever.',
    blame: 'client',
    evidence: 'The target’s address and port are those that Parley listens on.',
    remedy: 'Ask for the real server; take Parley out of its own upstream proxy settings.',
  },
  'dns/not-found': {
    cause: 'The name does not exist.',
    blame: 'client',
    evidence: 'NXDOMAIN for the name that was asked for.',
    remedy: 'Check the spelling, and whether the name exists only in another network.',
  },
  'dns/no-address': {
    cause: 'The name exists but has no address.',
    blame: 'server',
    evidence: 'An answer without A or AAAA records.',
    remedy: 'Check the name’s records.',
  },
  'dns/timeout': {
    cause: 'The name server did not answer in time.',
    blame: 'server',
    evidence: 'The time that the lookup took.',
    remedy: 'Check the network and the name servers of this machine.',
  },
  'dns/failed': {
    cause: 'The name could not be looked up.',
    blame: 'server',
    evidence: 'The name server’s answer.',
    remedy: 'Try again; then check the name servers of this machine.',
  },
  'tcp/refused': {
    cause: 'Nothing listens on the server’s port.',
    blame: 'server',
    evidence: 'RST in answer to SYN.',
    remedy: 'Check the port, and that the server runs.',
  },
  'tcp/unreachable': {
    cause: 'There is no way to the server’s address.',
    blame: 'server',
    evidence: 'The network’s answer to SYN: host or network unreachable.',
    remedy: 'Check the network; where only IPv6 fails, prefer IPv4.',
  },
  'tcp/timeout': {
    cause: 'The server did not answer the connection attempt in time.',
    blame: 'server',
    evidence: 'SYN without an answer.',
    remedy: 'A firewall that drops packets is the usual cause: check the address and port.',
  },
  'tcp/reset': {
    cause: 'The connection was reset.',
    blame: 'server',
    evidence: 'RST, and whose it was.',
    remedy: 'Look at the last bytes before the reset.',
  },
}

/** The entry of a code; undefined for a code that is not in the table. */
export const failureOf = (code: string): Failure | undefined =>
  Object.hasOwn(failures, code) ? failures[code] : undefined
