/** What the person who started the program did: shown as one message, without a trace. */
export class UserError extends Error {}
