import { escapeHtml } from '../escape-html.ts'
import { sha256 } from './digest.ts'
import type { RootFacts } from './root.ts'

/**
 * A configuration profile for iOS with the root in it (Apple: Configuration Profile Reference, com.apple.security.root).
 * The same root makes the same profile, so that installing it again replaces it.
 */
export function mobileConfig({ der, name }: RootFacts): string {
  const [payload, profile] = ['certificate', 'profile'].map(what => uuidOf(der, what))
  const common = (identifier: string, uuid: string, type: string): string =>
    entries({
      PayloadDisplayName: name,
      PayloadIdentifier: identifier,
      PayloadType: type,
      PayloadUUID: uuid,
    })
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
<key>PayloadContent</key>
<array>
<dict>
<key>PayloadCertificateFileName</key><string>parley-ca.cer</string>
<key>PayloadContent</key><data>${der.toString('base64')}</data>
${common(`proxy.parley.root.${payload}`, payload!, 'com.apple.security.root')}
<key>PayloadVersion</key><integer>1</integer>
</dict>
</array>
${common(`proxy.parley.${profile}`, profile!, 'Configuration')}
<key>PayloadDescription</key><string>Lets this device trust Parley, a debugging proxy.</string>
<key>PayloadRemovalDisallowed</key><false/>
<key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
`
}

const entries = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => `<key>${key}</key><string>${escapeHtml(value)}</string>`)
    .join('\n')

/** A UUID made of what it stands for (RFC 9562 5.8). */
function uuidOf(der: Buffer, what: string): string {
  const bytes = sha256(what, der).subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes
    .toString('hex')
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
    .toUpperCase()
}
