/** A text as part of a regular expression (of RE2 as well as of JavaScript) that matches just this text. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
}
