import type { RootFacts } from './root.ts'

/** The root in a form that some platform takes. */
export interface Download {
  readonly path: string
  readonly type: string
  readonly body: string | Buffer
  /** What it is, and who takes it. */
  readonly says: string
}

const der = 'application/x-x509-ca-cert'
const pem = 'application/x-pem-file'

export const downloadsOf = (root: RootFacts): readonly Download[] => [
  { path: '/parley-ca.pem', type: pem, body: root.pem, says: 'PEM: Linux, Firefox, programs of every kind' },
  { path: '/parley-ca.crt', type: der, body: root.der, says: 'DER: Windows, Android' },
  { path: '/parley-ca.cer', type: der, body: root.der, says: 'DER: macOS' },
  {
    path: '/parley-ca.mobileconfig',
    type: 'application/x-apple-aspen-config',
    body: root.profile,
    says: 'a profile: iPhone, iPad',
  },
  {
    path: `/${root.androidName}.0`,
    type: pem,
    body: root.pem,
    says: 'PEM by the name that Android’s system store wants: emulators, rooted devices',
  },
]
