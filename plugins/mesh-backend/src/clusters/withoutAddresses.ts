/**
 * A message without the addresses in it: everybody who sees the state of a cluster reads why it cannot be
 * read, and where its API server is, is not theirs to know.
 */
export function withoutAddresses(message: string): string {
  return message
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/\b(ENOTFOUND|EAI_AGAIN) \S+/g, '$1')
    .replace(/ ?\b(\d{1,3}\.){3}\d{1,3}(:\d+)?\b/g, '')
    .replace(/(^|\s)([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(:\d+)?(?=\s|$)/gi, '');
}
