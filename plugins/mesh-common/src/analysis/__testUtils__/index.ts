import { Example } from './example';
import * as ambientHttp from './ambientHttp';
import * as ambientObjects from './ambientObjects';
import * as annotations from './annotations';
import * as applicationUser from './applicationUser';
import * as controlPlanes from './controlPlanes';
import * as credentials from './credentials';
import * as deprecations from './deprecations';
import * as destinationRules from './destinationRules';
import * as envoyFilters from './envoyFilters';
import * as gatewayApi from './gatewayApi';
import * as gateways from './gateways';
import * as imports from './imports';
import * as injection from './injection';
import * as modes from './modes';
import * as meshNetworks from './meshNetworks';
import * as misnamedPorts from './misnamedPorts';
import * as policies from './policies';
import * as policyReferences from './policyReferences';
import * as policySelection from './policySelection';
import * as serviceEntries from './serviceEntries';
import * as services from './services';
import * as sharedHosts from './sharedHosts';
import * as sidecars from './sidecars';
import * as splits from './splits';
import * as subsets from './subsets';
import * as targetPorts from './targetPorts';
import * as telemetries from './telemetries';
import * as validation from './validation';
import * as virtualServices from './virtualServices';
import * as waypoints from './waypoints';
import * as webhooks from './webhooks';
import * as wideTls from './wideTls';

/** What each check finds and does not find, by code; several files may have cases of one code. */
export const EXAMPLES: readonly [string, readonly Example[]][] = [
  ambientHttp,
  ambientObjects,
  annotations,
  applicationUser,
  controlPlanes,
  credentials,
  deprecations,
  destinationRules,
  envoyFilters,
  gatewayApi,
  gateways,
  imports,
  injection,
  meshNetworks,
  modes,
  misnamedPorts,
  policies,
  policyReferences,
  policySelection,
  serviceEntries,
  services,
  sharedHosts,
  sidecars,
  splits,
  subsets,
  targetPorts,
  telemetries,
  validation,
  virtualServices,
  waypoints,
  webhooks,
  wideTls,
]
  .flatMap(file => Object.entries<readonly Example[]>(file))
  // Exports cannot have the hyphen of our codes.
  .map(([code, examples]) => [
    code.replace(/^MESH(?=I?\d)/, 'MESH-'),
    examples,
  ]);
