import { type FlagsOf, proxyOptions, toggle } from '../options.ts'

const { listen, caDir, config } = proxyOptions

/** What `parley doctor` takes. */
export const doctorOptions = {
  quick: toggle('--quick', 'send no programs through the proxy'),
  json: toggle('--json', 'print JSON'),
  ...{ listen, caDir, config },
}
export type DoctorFlags = FlagsOf<typeof doctorOptions>
