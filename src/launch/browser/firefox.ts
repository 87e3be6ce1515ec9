import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Family, Start } from './family.ts'
import { quietPreferences } from './firefox-preferences.ts'
import { trustInProfile } from './firefox-trust.ts'

type Value = string | number | boolean

/** Firefox: what it is to do stands in `user.js`, the root in the profile's own store. */
export const firefox: Family = {
  environment: {
    MOZ_CRASHREPORTER_DISABLE: '1',
    MOZ_REMOTE_SETTINGS_DEVTOOLS: '1', // without it `services.settings.server` is not heeded
  },
  async prepare(start) {
    const text = Object.entries(preferencesOf(start)).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    )
    writeFileSync(join(start.profile, 'user.js'), text.join(''), { mode: 0o600 })
    await trustInProfile(start)
  },
  arguments: ({ profile, platform }) => [
    ...['--new-instance', '--no-remote', '--profile', profile],
    ...(platform === 'win32' ? ['--wait-for-browser'] : []), // what is started starts another there
  ],
}

const preferencesOf = ({ proxy: { host, port }, home }: Start): Readonly<Record<string, Value>> => ({
  ...quietPreferences,
  ...downloads(home),
  'network.proxy.type': 1,
  'network.proxy.http': host,
  'network.proxy.http_port': port,
  'network.proxy.ssl': host,
  'network.proxy.ssl_port': port,
  'network.proxy.no_proxies_on': '',
  'network.proxy.allow_hijacking_localhost': true, // without it loopback is not proxied
  'network.proxy.failover_direct': false,
})

/** Firefox would make a folder for downloads where there is none. */
const downloads = (home: string): Readonly<Record<string, Value>> =>
  existsSync(join(home, 'Downloads')) ? {} : { 'browser.download.folderList': 2, 'browser.download.dir': home }
