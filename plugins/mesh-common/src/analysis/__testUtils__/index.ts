import * as applicationUser from './applicationUser';
import * as destinationRules from './destinationRules';
import * as envoyFilters from './envoyFilters';
import { Example } from './example';
import * as serviceEntries from './serviceEntries';

/** What each check finds and does not find, by code. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  ...applicationUser,
  ...destinationRules,
  ...envoyFilters,
  ...serviceEntries,
};
