/** In the place of filter/pattern.ts: whoever types an expression here waits for it alone. */
export const compilePattern = (pattern: string): { test(text: string): boolean } => new RegExp(pattern, 'i')
