import type { Machine, Surroundings } from '../../src/doctor/surroundings.ts'

/** A machine on which all is well, but for what a test says. */
export const machineWith = (more: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  environment: {},
  user: 1000,
  hostName: 'desk',
  versions: { node: '26.1.0', openssl: '3.5.0', kernel: 'Linux 6.12' },
  descriptors: 4096,
  now: () => Date.parse('2026-11-29T12:00:00Z'),
  whyTaken: async () => undefined,
  holderOf: async () => undefined,
  addressesOf: async () => ['127.0.0.1'],
  stateOf: path => ({ isFolder: !path.includes('.'), mode: 0o700, uid: 1000, changedAt: 0 }),
  canWrite: () => true,
  textOf: () => '',
  roomIn: () => 5e9,
  ...more,
})

export const hereWith = (machine: Partial<Machine> = {}, more: Partial<Surroundings> = {}): Surroundings => ({
  machine: machineWith(machine),
  listen: { host: '127.0.0.1', port: 8080 },
  authorityFolder: '/home/anna/parley/ca',
  authority: soundRoot,
  stores: [],
  config: { path: '/home/anna/config.json', there: true },
  leftBehind: { undone: [], hindered: [] },
  captures: { folder: '/home/anna/parley/captures', paths: [] },
  ...more,
})

export const soundRoot = {
  state: 'sound',
  certificatePem: '-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n',
  fingerprint256: 'ab'.repeat(32),
  notBefore: Date.parse('2026-11-01T00:00:00Z'),
  notAfter: Date.parse('2036-11-01T00:00:00Z'),
} as const
