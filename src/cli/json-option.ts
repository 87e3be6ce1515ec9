import { toggle } from './options.ts'

/** Every command that prints takes it; what it prints then is described by a schema in src/view/json. */
export const json = toggle('--json', 'print JSON')
