/** Exit codes: nothing wrong; something was found, or a part of the input cannot be read; nothing could be read, or the call is wrong. */
export const EXIT = { ok: 0, found: 1, badInput: 2 } as const;
