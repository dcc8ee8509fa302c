/** Exit codes: nothing wrong, something was found, the input or the call is wrong. */
export const EXIT = { ok: 0, found: 1, badInput: 2 } as const;
