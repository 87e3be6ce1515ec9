/** A URL that names no host, of which URL.parse would make one of its path: `/x` after `http://`, or `https:///x`. */
export const isHostLess = (text: string): boolean => /^(?:https?:\/\/)?[\\/]/i.test(text)
