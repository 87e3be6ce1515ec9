import type { Failures } from './failure.ts'

const trustCa =
  'Make the client trust Parley’s CA: `parley ca install` puts it in this machine’s stores, `parley ca path` prints its file.'
const trustCaBriefly = 'trust the CA: parley ca path'
const passThrough = 'Pass this host through (--pass-through): its traffic is then relayed unread.'

/** What can go wrong in a handshake besides the server’s certificate. */
export const tlsFailures = {
  'tls/client-rejected-leaf': {
    cause: 'the client rejected the certificate that Parley minted',
    blame: 'client',
    remedy: `${trustCa} If it already trusts the CA, it pins its certificate. ${passThrough}`,
    brief: trustCaBriefly,
  },
  'tls/client-closed-after-certificate': {
    cause:
      'the client closed the connection after Parley’s certificate without saying why: it does not trust the CA, or it pins its certificate',
    blame: 'client',
    remedy: `${passThrough} If other hosts fail too, the client does not trust the CA: ${trustCa}`,
    brief: trustCaBriefly,
  },
  'tls/no-common-version': {
    cause: 'the two sides have no TLS version in common',
    blame: 'server',
    remedy:
      'Update the older side; until then, allow old versions with --min-tls HOST=1.0, or pass the host through (--pass-through).',
  },
  'tls/inappropriate-fallback': {
    cause:
      'the client says that it fell back to an older version (TLS_FALLBACK_SCSV), and the server can do a newer one',
    blame: 'client',
    remedy: 'Look at the client’s attempt before this one: it failed, or the client was told to offer less.',
  },
  'tls/no-common-suite': {
    cause: 'the two sides have no cipher suite in common',
    blame: 'server',
    remedy: 'Compare the offer with what the server supports; --no-mirror sends Parley’s own offer instead.',
    guess: true,
  },
  'tls/no-common-group': {
    cause: 'the two sides have no key exchange group in common',
    blame: 'server',
    remedy: 'Compare the groups with what the server supports; --no-mirror sends Parley’s own offer instead.',
    guess: true,
  },
  'tls/no-common-signature-algorithm': {
    cause: 'the two sides have no signature algorithm in common',
    blame: 'server',
    remedy: 'Give the server a certificate with another kind of key, or widen what the client accepts.',
    guess: true,
  },
  'tls/unrecognized-name': {
    cause: 'the server does not know the requested name',
    blame: 'server',
    remedy: 'Check the name, and that it resolves to the right server.',
  },
  'tls/no-common-alpn': {
    cause: 'the two sides have no application protocol in common',
    blame: 'server',
    remedy: 'Compare the protocols that the client offers (ALPN) with those that the server is set up for.',
  },
  'tls/client-certificate-required': {
    cause: 'the server requires a client certificate but got none',
    blame: 'client',
    remedy:
      'Give a certificate with --client-cert HOST=FILE, or pass this host through (--pass-through) so that the client can present its own.',
    guess: true,
  },
  'tls/client-certificate-refused': {
    cause: 'the server refused the client certificate',
    blame: 'parley',
    remedy:
      'Check that the certificate of --client-cert is valid and signed by an authority that the server’s CertificateRequest names.',
    guess: true,
  },
  'tls/handshake-timeout': {
    cause: 'the handshake timed out',
    blame: 'server',
    remedy: 'Look at which side owes the next message; a middlebox that drops large ClientHellos is a common cause.',
  },
  'tls/reset-by-client': {
    cause: 'the client reset the connection before the handshake was done',
    blame: 'client',
    remedy: `The client may have given up, or rejected the certificate without saying so. ${trustCa}`,
    guess: true,
  },
  'tls/reset-by-server': {
    cause: 'the server reset the connection before the handshake was done',
    blame: 'server',
    remedy:
      'A reset right after ClientHello points at a firewall, or at a server that dislikes the offer: try --no-mirror.',
    guess: true,
  },
  'tls/closed-by-client': {
    cause: 'the client closed the connection before the handshake was done',
    blame: 'client',
    remedy: 'Browsers open connections they turn out not to need; if it happens every time, look at the last message.',
    guess: true,
  },
  'tls/closed-by-server': {
    cause: 'the server closed the connection before the handshake was done',
    blame: 'server',
    remedy: 'Look at the last message; try --no-mirror to see whether the server dislikes the offer.',
    guess: true,
  },
  'tls/refused-by-server': {
    cause: 'the server refused the handshake',
    blame: 'server',
    remedy: 'Read the alert (?), compare the two ClientHellos, and try --no-mirror.',
    guess: true,
  },
  'tls/refused-by-client': {
    cause: 'the client refused the handshake',
    blame: 'client',
    remedy: 'Read the alert (?) and compare what Parley answered with what the server answered.',
    guess: true,
  },
  'tls/refused-by-parley': {
    cause: 'Parley refused the handshake',
    blame: 'parley',
    remedy: 'If the other side is right, this is a bug in Parley: export the connection and report it.',
    guess: true,
  },
  'tls/not-followed': {
    cause: 'the server chose what the client offers and Parley’s own TLS client does not speak',
    blame: 'parley',
    remedy:
      'Let OpenSSL speak with such servers (--tls-client auto, or openssl for all), or pass the host through (--pass-through).',
  },
  'tls/outside-authority': {
    cause: 'Parley’s root certificate is made for other hosts only, so no client would take what it signs for this one',
    blame: 'parley',
    remedy: 'Pass the host through with --pass-through, or make a root that covers it: `parley ca new`.',
  },
  'tls/illegal-message': {
    cause: 'a message breaks the rules of TLS',
    blame: 'server',
    remedy: 'Look at that message: a broken TLS stack, or a middlebox in between, is the usual cause.',
    guess: true,
  },
  'tls/ended-by-server': {
    cause: 'the server ended the session with an alert, after the handshake and an answer',
    blame: 'server',
    remedy: 'Read the alert (?) and look at the last exchange.',
  },
  'tls/ended-by-client': {
    cause: 'the client ended the session with an alert, after the handshake and an answer',
    blame: 'client',
    remedy: 'Read the alert (?) and look at the last exchange.',
  },
  'tls/ended-by-parley': {
    cause: 'Parley ended the session with an alert, after the handshake and an answer',
    blame: 'parley',
    remedy: 'If the other side is right, this is a bug in Parley: export the connection and report it.',
  },
  'tls/client-rejected-certificate': {
    cause: 'the client rejected the server’s own certificate',
    blame: 'client',
    remedy: 'Look at the server’s chain, and at the roots that the client trusts.',
  },
  'tls/not-tls': {
    cause: 'something other than TLS came where TLS was expected',
    blame: 'server',
    remedy: 'Check the port and the protocol spoken there.',
    brief: 'check the port',
  },
  'tls/http-on-tls-port': {
    cause: 'plain HTTP came where TLS was expected',
    blame: 'server',
    remedy: 'Use http:// for this port, or the port on which the server speaks TLS.',
  },
  'tls/closed-during-handshake': {
    cause: 'the other side closed the connection during the handshake',
    blame: 'server',
    remedy: 'Look at the last message; on the client leg it is often the certificate, on the upstream leg the offer.',
    guess: true,
  },
  'tls/client-cancelled': {
    cause: 'the client cancelled the handshake',
    blame: 'client',
    remedy: 'Nothing is wrong, unless it happens every time: then look at the message before it.',
  },
  'tls/client-closed-in-hello': {
    cause: 'the client closed the connection before sending a whole ClientHello',
    blame: 'client',
    remedy: 'Browsers open connections they turn out not to need; nothing is wrong unless it happens every time.',
  },
  'tls/hello-timeout': {
    cause: 'the client opened a tunnel and sent no whole ClientHello in time',
    blame: 'client',
    remedy: 'It may speak a protocol in which the server speaks first: pass this host through (--pass-through).',
  },
  'tls/server-rejected-hello': {
    cause: 'the server found a fault in the ClientHello',
    blame: 'server',
    remedy: 'Try --no-mirror; if that works, export the connection and report it.',
    guess: true,
  },
  'tls/server-internal-error': {
    cause: 'the server had an internal error',
    blame: 'server',
    remedy: 'Look at the server’s log.',
  },
  'tls/bad-finished': {
    cause: 'Finished does not match the handshake, so something changed it on the way',
    blame: 'server',
    remedy: 'Look for a middlebox between Parley and that side.',
    guess: true,
  },
  'tls/bad-signature': {
    cause:
      'the server’s signature of the handshake is wrong: it has not the key of its certificate, or something changed the handshake on the way',
    blame: 'server',
    remedy: 'Compare the server’s key with its certificate; if they fit, look for a middlebox between Parley and it.',
    guess: true,
  },
  'tls/bad-record': {
    cause: 'a record could not be decrypted',
    blame: 'server',
    remedy: 'Try again; if it persists, look for a middlebox that changes the bytes.',
  },
  'tls/unexpected-message': {
    cause: 'a message came that is not allowed at that point',
    blame: 'server',
    remedy: 'Look at that record: a broken server, or a middlebox in between, is the usual cause.',
  },
  'tls/client-failed': {
    cause: 'TLS with the client failed',
    blame: 'client',
    remedy: 'Look at the last message before the failure; --pass-through lets client and server settle it themselves.',
    guess: true,
  },
  'tls/server-failed': {
    cause: 'TLS with the server failed',
    blame: 'server',
    remedy: 'Look at the last message before the failure, and try --no-mirror.',
    guess: true,
  },
  'tls/weak-key': {
    cause: 'a key that was offered in the handshake is too small to be safe',
    blame: 'server',
    remedy: 'Give the server a larger group or key.',
  },
  'tls/weak-digest': {
    cause: 'a certificate or a key exchange is signed with a digest that is too weak',
    blame: 'server',
    remedy:
      'Have the server sign with SHA-256; until then, allow it with --min-tls HOST=1.1, or pass the host through (--pass-through).',
  },
} as const satisfies Failures
