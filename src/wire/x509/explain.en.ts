import { explainer, type Texts } from '../explanation.ts'

/** The English texts for the fields of certificates, by the names that certificate-fields gives them. */
const texts: Texts = {
  chain:
    'RFC 5280 6.1 | The certificates in the order in which each is signed by the next, judged at the moment when they came. Whether the last is trusted, the client decides: a capture does not know its roots.',
  'chain.malformed': 'RFC 5280 4.1 | What is no certificate cannot be checked; clients end the handshake.',
  'chain.expired': 'RFC 5280 4.1.2.5 | Clients refuse it from that moment on: the server needs a new one.',
  'chain.not-yet-valid': 'RFC 5280 4.1.2.5 | Clients refuse it until then; often a clock is wrong.',
  'chain.self-signed':
    'RFC 5280 3.2 | Nobody but the server itself vouches for it: a client must be given this certificate to trust it.',
  'chain.wrong-host':
    'RFC 9525 6.3 | The name that was asked for must be among the alternative names; the common name does not count.',
  'chain.weak-key': 'NIST SP 800-131A | A key so short can be broken; browsers refuse it.',
  'chain.weak-digest': 'RFC 9155 | Who finds a collision can forge what was signed so; browsers refuse it.',
  'chain.not-a-ca': 'RFC 5280 4.2.1.9 | Without that mark any owner of a certificate could sign for any name.',
  'chain.path-too-long': 'RFC 5280 4.2.1.9 | An authority may say how many others can stand below it.',
  'chain.wrong-purpose': 'RFC 5280 4.2.1.12 | A certificate that names purposes is good for these alone.',
  'chain.name-not-permitted': 'RFC 5280 4.2.1.10 | An authority may be limited to some names.',
  'chain.unknown-critical-extension':
    'RFC 5280 4.2 | Whoever issued it wants it refused by clients that do not heed this extension, and they do.',
  'chain.unchecked-signature':
    'RFC 5280 6.1.3 | Few clients know such keys; those that do may find the signature right or wrong.',
  'chain.bad-signature':
    'RFC 5280 6.1.3 | The name of the issuer fits, and its key did not sign: another key of that name did, or it was changed.',
  'chain.out-of-order':
    'RFC 8446 4.4.2 | The server’s own comes first; older clients want each to follow what it signed.',
  'chain.extra-certificate': 'RFC 8446 4.4.2 | It costs bytes in every full handshake and helps nobody.',
  'chain.revoked': 'RFC 6960 2.2 | Its issuer took it back; the stapled response says so.',
  certificate: 'RFC 5280 4.1 | An X.509 certificate: what is signed, the algorithm of the signature, the signature.',
  'to be signed': 'RFC 5280 4.1.1.1 | The part of the certificate that the issuer’s signature covers.',
  version:
    'RFC 5280 4.1.2.1 | Version 3, written as 2, is the one that has extensions. Hardly any other is seen today.',
  'serial number':
    'RFC 5280 4.1.2.2 | The issuer’s number for this certificate: with the issuer’s name it is unique, and revocation lists and OCSP name it. Random since guessable ones helped to forge certificates.',
  'signature algorithm':
    'RFC 5280 4.1.2.3 | How the issuer signed it. It stands in the certificate twice, inside and outside of what is signed, and both must agree.',
  signature: 'RFC 5280 4.1.1.3 | The issuer’s signature over the part that is to be signed.',
  issuer:
    'RFC 5280 4.1.2.4 | Who signed the certificate: the subject of the next one in the chain, or its own where it is self-signed.',
  validity: 'RFC 5280 4.1.2.5 | From when until when it holds. A client whose clock is wrong refuses here.',
  'not before': 'RFC 5280 4.1.2.5 | Not valid before this moment, in UTC.',
  'not after': 'RFC 5280 4.1.2.5 | Not valid after this moment, in UTC.',
  subject:
    'RFC 5280 4.1.2.6 | Whom the certificate is for. Browsers look at the Subject Alternative Name alone for the host.',
  'relative distinguished name': 'RFC 5280 4.1.2.4 | One step of the name, from the country down to the common name.',
  attribute: 'RFC 5280 4.1.2.4 | A kind of name, such as CN or O, and what it is.',
  'subject public key info': 'RFC 5280 4.1.2.7 | The public key that the certificate vouches for, and its kind.',
  'RSA public key': 'RFC 8017 A.1.1 | The modulus and the exponent of an RSA key.',
  modulus:
    'RFC 8017 A.1.1 | The product of two secret primes. Its length is the strength of the key: 2048 bits at least.',
  exponent: 'RFC 8017 A.1.1 | The public exponent, nearly always 65537.',
  curve: 'RFC 5480 2.1.1 | The elliptic curve that the public key is a point of.',
  'public key': 'RFC 5280 4.1.2.7 | The public key itself.',
  algorithm: 'RFC 5280 4.1.1.2 | Which algorithm this is, by its object identifier.',
  parameters: 'RFC 5280 4.1.1.2 | What the algorithm needs besides, such as a curve; often NULL or nothing.',
  extensions:
    'RFC 5280 4.2 | What version 3 added to certificates. A verifier must refuse a critical one that it does not know.',
  critical: 'RFC 5280 4.2 | Whoever does not understand this extension must refuse the certificate.',
  'Subject Alternative Name':
    'RFC 5280 4.2.1.6 | The host names and addresses that the certificate holds for. The name that the client asked for must be one of them, or fit a wildcard.',
  'DNS name': 'RFC 6125 6.4 | A host name; a leading *. stands for exactly one label.',
  'Basic Constraints':
    'RFC 5280 4.2.1.9 | Whether this is a CA that may sign other certificates, and how long a chain below it may be.',
  CA: 'RFC 5280 4.2.1.9 | Whether the key may sign other certificates.',
  'path length': 'RFC 5280 4.2.1.9 | How many intermediate certificates may follow below this one.',
  'Key Usage':
    'RFC 5280 4.2.1.3 | What the key may be used for: signatures, key encipherment (RSA key exchange), signing certificates.',
  'Extended Key Usage':
    'RFC 5280 4.2.1.12 | For which protocols the key is meant: a server’s needs serverAuth, a client’s clientAuth.',
  'Subject Key Identifier': 'RFC 5280 4.2.1.2 | A hash of this certificate’s key, by which others refer to it.',
  'Authority Key Identifier':
    'RFC 5280 4.2.1.1 | The identifier of the issuer’s key: it tells apart issuers of the same name. Strict clients want it.',
  'Name Constraints':
    'RFC 5280 4.2.1.10 | The names that certificates below this CA may have, and those that they may not.',
  'Certificate Policies':
    'RFC 5280 4.2.1.4 | Under which rules it was issued, such as domain validated or extended validation.',
  'CRL Distribution Points': 'RFC 5280 4.2.1.13 | Where the list of revoked certificates can be fetched.',
  'Freshest CRL': 'RFC 5280 4.2.1.15 | Where changes since the last list of revoked certificates can be fetched.',
  'Authority Information Access':
    'RFC 5280 4.2.2.1 | Where to ask whether it was revoked (OCSP), and where the issuer’s certificate can be fetched when a server forgot to send it.',
  'Subject Information Access':
    'RFC 5280 4.2.2.2 | Where to find what the subject offers, such as the certificates that a CA issued.',
  'Private Key Usage Period':
    'RFC 3280 4.2.1.4 | From when until when the private key may sign. Given up since RFC 5280.',
  'Issuer Alternative Name': 'RFC 5280 4.2.1.7 | Other names of the issuer.',
  'Policy Mappings': 'RFC 5280 4.2.1.5 | Which policies of another CA count as one’s own.',
  'Policy Constraints': 'RFC 5280 4.2.1.11 | Limits on policies further down the chain.',
  'Inhibit anyPolicy': 'RFC 5280 4.2.1.14 | From how far down the chain anyPolicy no longer stands for every policy.',
  'TLS Feature': 'RFC 7633 4 | TLS extensions that the server must use; with status_request it is "must staple".',
  'Signed Certificate Timestamps':
    'RFC 6962 3.3 | Promises of public logs to publish this certificate (Certificate Transparency). Browsers refuse public certificates without enough of them.',
  'Precertificate Poison': 'RFC 6962 3.1 | Marks a precertificate, which is for logs only: nobody may accept it.',
  'Qualified Certificate Statements':
    'RFC 3739 3.2.6 | Statements about qualified certificates as European law defines them.',
}

/** The English text of a key, or undefined. */
export const explain = explainer(texts)
