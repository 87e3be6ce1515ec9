/** What of a distinguished name is compared: a text for each relative distinguished name, as `comparable` makes them. */
interface Steps {
  readonly steps: readonly string[]
}

/** A string of a name as it is compared: whatever its type, its case and its white space. RFC 5280 7.1, RFC 4518 2 */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')

/** A name as a key of a map. */
export const nameKey = ({ steps }: Steps): string => steps.join('\n')

export const isSameName = (a: Steps, b: Steps): boolean => nameKey(a) === nameKey(b)

/** Whether `base` is `name` or its beginning, from the country down. RFC 5280 4.2.1.10 */
export const isWithin = (name: Steps, base: Steps): boolean => base.steps.every((step, i) => step === name.steps[i])
