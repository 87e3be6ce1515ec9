import type { Texts } from '../../explanation.ts'

/** What each alert means and what to do about it; explain.en.ts says how a key and a text are made. */
export const alertTexts: Texts = {
  'alert.close_notify':
    'RFC 8446 6.1 | The sender has no more to send: the orderly end of the connection. Without it, missing data and an attacker cutting the connection look the same. Nothing to do.',
  'alert.unexpected_message':
    'RFC 8446 6.2 | A message came out of turn. A bug on one side, or something in between that is not TLS. Compare the order of messages with a working connection.',
  'alert.bad_record_mac':
    'RFC 8446 6.2 | A record could not be decrypted: wrong keys, changed bytes, or a broken middlebox. Sent by the receiver of that record. Look for devices that alter traffic, or mismatched shared keys.',
  'alert.decryption_failed':
    'RFC 5246 7.2.2 | Up to TLS 1.0: a record did not decrypt. No longer sent, because it helped attackers.',
  'alert.record_overflow':
    'RFC 8446 6.2 | A record was longer than allowed. Often the peer does not speak TLS at all, such as plain HTTP on this port.',
  'alert.decompression_failure':
    'RFC 5246 7.2.2 | Compressed data could not be unpacked. Compression is no longer used.',
  'alert.handshake_failure':
    'RFC 8446 6.2 | No common ground, mostly sent by the server: no shared cipher suite, group or signature, or a client certificate is missing. Compare the lists in the ClientHello with what the server supports.',
  'alert.no_certificate':
    'RFC 6101 5.4.2 | SSL 3.0: the client has no certificate. Later versions send an empty Certificate.',
  'alert.bad_certificate':
    'RFC 8446 6.2 | The certificate is damaged or its signature is wrong. Some clients send it for any certificate that they dislike, pinning included. Look at the chain that was sent.',
  'alert.unsupported_certificate':
    'RFC 8446 6.2 | The certificate is of a kind the receiver cannot use, for instance its key type or purpose (server certificate used by a client). Issue one of the right kind.',
  'alert.certificate_revoked':
    'RFC 8446 6.2 | The issuer has withdrawn the certificate. Get a new one, and find out why.',
  'alert.certificate_expired':
    'RFC 8446 6.2 | The certificate is out of date or not valid yet. Renew it, or check the clock of the side that complains.',
  'alert.certificate_unknown':
    'RFC 8446 6.2 | The certificate was refused for some other reason. Java, Chromium and iOS send it for an untrusted issuer or name mismatch: behind a proxy, install its CA where this client looks.',
  'alert.illegal_parameter':
    'RFC 8446 6.2 | A value was out of range or did not fit with another. Mostly a bug in one of the two stacks.',
  'alert.unknown_ca':
    'RFC 8446 6.2 | The receiver does not know the issuer of the certificate. From a client behind a proxy it means that the CA of the proxy is not in its trust store, or that it pins certificates. From a server: its list of client CAs lacks this one.',
  'alert.access_denied':
    'RFC 8446 6.2 | The certificate is fine, but its holder may not come in. Ask whoever runs the server.',
  'alert.decode_error':
    'RFC 8446 6.2 | A message could not be read: a wrong length or a missing part. A bug, or bytes lost on the way. OpenSSL sends it too when the peer is gone without close_notify.',
  'alert.decrypt_error':
    'RFC 8446 6.2 | A signature, a Finished or a binder did not check out. The handshake was changed on the way, or key and certificate do not belong together.',
  'alert.too_many_cids_requested': 'RFC 9147 9 | DTLS 1.3: the peer asked for too many connection IDs.',
  'alert.export_restriction': 'RFC 2246 7.2.2 | A leftover of the export rules of the 1990s. No longer sent.',
  'alert.protocol_version':
    'RFC 8446 6.2 | The versions do not overlap: one side is too old, or has old ones switched off. Sent by the server mostly. Raise the older side or allow a common version.',
  'alert.insufficient_security':
    'RFC 8446 6.2 | As handshake_failure, because the server wants stronger algorithms than the client has. Update the client.',
  'alert.internal_error':
    'RFC 8446 6.2 | Something failed inside the sender that has nothing to do with the peer, such as memory or a missing key. Read its log.',
  'alert.inappropriate_fallback':
    'RFC 7507 4 | The client came back with an older version after a failure, and the server can do better: somebody may be forcing a downgrade. Find out why the first attempt failed.',
  'alert.user_canceled':
    'RFC 8446 6.1 | The handshake was broken off for a reason that is no fault, such as a person pressing cancel. A close_notify follows.',
  'alert.no_renegotiation':
    'RFC 5246 7.2.2 | The sender does not want a new handshake on this connection. Usually harmless.',
  'alert.missing_extension':
    'RFC 8446 6.2 | A mandatory extension is missing, such as key_share or signature_algorithms in TLS 1.3. A bug in the other side.',
  'alert.unsupported_extension':
    'RFC 8446 6.2 | The peer answered with an extension nobody asked for, or in a message where it may not be. A bug in the other side.',
  'alert.certificate_unobtainable':
    'RFC 6066 9 | The certificate could not be fetched from the address the client gave.',
  'alert.unrecognized_name':
    'RFC 6066 3 | The server does not serve the host name in server_name. As a warning it can be ignored. Check the name, or the virtual hosts of the server.',
  'alert.bad_certificate_status_response':
    'RFC 6066 8 | The stapled OCSP response is invalid or too old. The server has to refresh it.',
  'alert.bad_certificate_hash_value':
    'RFC 6066 9 | A certificate fetched from an address does not have the hash that was announced.',
  'alert.unknown_psk_identity':
    'RFC 4279 2 | The server does not know the shared key that the client named. Compare the identities configured on both sides.',
  'alert.certificate_required':
    'RFC 8446 6.2 | The server insists on a client certificate and got none (TLS 1.3). It comes after the client believed the handshake done. Configure a client certificate.',
  'alert.general_error': 'IANA | An error for which there is no other alert.',
  'alert.no_application_protocol':
    'RFC 7301 3.2 | None of the protocols in the ALPN list of the client is served here. Compare the two lists, such as h2 against http/1.1.',
  'alert.ech_required':
    'RFC 9849 11.2 | The client insists on Encrypted Client Hello and the server could not read it. The client will retry with fresh keys.',
}
