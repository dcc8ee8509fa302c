import { BackendRef } from '../../gateway-api/objects';
import { backendOf, isService } from '../../gateway-api/references';
import { serviceHost } from '../hosts';
import type { ConversionContext } from './gatewayApiRules';
import { Destination } from '../objectParts';

/** A backend as a destination; `invalid` says why requests to it fail. */
export interface ConvertedBackend {
  destination: Destination;
  invalid?: string;
}

const HOSTNAME_GROUP = 'networking.istio.io';

/**
 * The destination of a backendRef: the Service of that name, or a host of a ServiceEntry (kind Hostname).
 * For routes in the mesh no ReferenceGrant is needed; at a gateway one is, for another namespace.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `buildDestination`.
 */
export function convertBackend(
  reference: BackendRef,
  namespace: string,
  { domain, serviceExists, mayRefer }: ConversionContext,
): ConvertedBackend {
  const backend = backendOf(reference, namespace);
  if (mayRefer && !mayRefer(backend)) {
    return {
      destination: { host: '' },
      invalid: `no ReferenceGrant in ${backend.namespace} lets routes of ${namespace} refer to ${backend.kind} ${backend.name}`,
    };
  }
  const port = reference.port !== undefined && {
    port: { number: reference.port },
  };
  if (isService(backend)) {
    const destination = { host: serviceHost(backend, domain), ...port };
    return serviceExists(backend.namespace, backend.name)
      ? { destination }
      : {
          destination,
          invalid: `there is no Service ${backend.namespace}/${backend.name}`,
        };
  }
  if (backend.group === HOSTNAME_GROUP && backend.kind === 'Hostname') {
    return { destination: { host: backend.name, ...port } };
  }
  return {
    destination: { host: '' },
    invalid: `Istio knows no backends of kind ${[backend.group, backend.kind]
      .filter(part => part !== '')
      .join('/')}`,
  };
}

/** What is wrong with a backendRef so that istiod leaves the whole route out; undefined where nothing is. */
export function backendProblem(reference: BackendRef): string | undefined {
  const backend = backendOf(reference, '');
  const known =
    isService(backend) ||
    (backend.group === HOSTNAME_GROUP && backend.kind === 'Hostname');
  if (!known) {
    return undefined;
  }
  if (isService(backend) && backend.name.includes('.')) {
    return `${backend.name} is a host, but a backend names a Service`;
  }
  return reference.port === undefined
    ? `the backend ${backend.name} has no port`
    : undefined;
}
