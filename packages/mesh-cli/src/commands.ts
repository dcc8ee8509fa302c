import { analyze } from './commands/analyze';
import { authz } from './commands/authz';
import { mtls } from './commands/mtls';
import { routes } from './commands/routes';
import { walk } from './commands/walk';

/** What the commands do: all that needs the rules, and is loaded only when a command is run. */
export const COMMANDS = { analyze, authz, mtls, routes, walk };

export type Commands = typeof COMMANDS;
