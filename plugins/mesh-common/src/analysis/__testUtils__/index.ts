import * as applicationUser from './applicationUser';
import * as destinationRules from './destinationRules';
import * as envoyFilters from './envoyFilters';
import { Example } from './example';
import * as gateways from './gateways';
import * as injection from './injection';
import * as serviceEntries from './serviceEntries';
import * as services from './services';
import * as virtualServices from './virtualServices';

/** What each check finds and does not find, by code; several files may have cases of one code. */
export const EXAMPLES: readonly [string, readonly Example[]][] = [
  applicationUser,
  destinationRules,
  envoyFilters,
  gateways,
  injection,
  serviceEntries,
  services,
  virtualServices,
].flatMap(file => Object.entries<readonly Example[]>(file));
