import type { ChildSetting } from '../../../src/launch/child/setting.ts'

/** A setting with files that need not be there. */
export const settingFor = (more: Partial<ChildSetting> = {}): ChildSetting => ({
  host: '127.0.0.1',
  port: 8080,
  except: [],
  files: { roots: '/r.pem', trustStore: '/r.p12', nodeHook: '/hook.cjs', wgetrc: '/wgetrc', php: '/php' },
  ...more,
})
