import { createHash } from 'node:crypto'

/** A profile that asks iOS or macOS to install the root: an XML property list, not signed. Again for one root is the same profile. */
export function mobileconfig(der: Buffer, name: string): string {
  const sha256 = createHash('sha256').update(der).digest('hex')
  const identifier = `parley.ca.${sha256.slice(0, 16)}`
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadCertificateFileName</key><string>parley-ca.cer</string>
      <key>PayloadContent</key>
      <data>
${lines.join('\n')}
      </data>
      <key>PayloadDisplayName</key><string>${escaped(name)}</string>
      <key>PayloadIdentifier</key><string>${identifier}.root</string>
      <key>PayloadType</key><string>com.apple.security.root</string>
      <key>PayloadUUID</key><string>${uuidOf(sha256.slice(0, 32))}</string>
      <key>PayloadVersion</key><integer>1</integer>
    </dict>
  </array>
  <key>PayloadDescription</key><string>Lets Parley, a debugging proxy, show the TLS traffic of this device to its owner.</string>
  <key>PayloadDisplayName</key><string>${escaped(name)}</string>
  <key>PayloadIdentifier</key><string>${identifier}</string>
  <key>PayloadRemovalDisallowed</key><false/>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadUUID</key><string>${uuidOf(sha256.slice(32))}</string>
  <key>PayloadVersion</key><integer>1</integer>
</dict>
</plist>
`
}

/** RFC 9562 5.8: version 8, for what an application makes in its own way. */
function uuidOf(hex: string): string {
  const parts = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/.exec(hex)!
  return `${parts[1]}-${parts[2]}-8${parts[3]}-a${parts[4]}-${parts[5]}`.toUpperCase()
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** As XML 1.0 can carry it: its special characters as entities, what it forbids as a replacement character. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, one => entities[one]!).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
