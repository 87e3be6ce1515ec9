const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text between tags, and for values between quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, c => escapes[c]!)
