import { Reason } from '../contract/common';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isVisibleFrom } from './exportTo';
import { MeshConfig } from './meshConfig';
import { MeshService } from './meshServices';
import {
  importsHost,
  sidecarName,
  sidecarReason,
  SidecarScope,
} from './sidecarScope';

const RULE = 'istio/service-visibility';

/**
 * Why the proxy of a client does not know a service, so that what the client sends to it passes through or is
 * refused; undefined where it does. A proxy knows the services that are visible from its namespace and that
 * its Sidecar imports. (What imported routes send to it can reach as well, but only by those routes.)
 *
 * Upstream: pilot/pkg/model/push_context.go, `IsServiceVisible`; pilot/pkg/model/sidecar.go, `selectServices`.
 */
export function whyUnknown(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  scope: SidecarScope,
  config: Pick<MeshConfig, 'defaultServiceExportTo'>,
): Reason | undefined {
  const visible = isVisibleFrom(
    {
      exportTo: service.exportTo,
      defaults: config.defaultServiceExportTo,
      namespace: service.namespace,
    },
    scope.namespace,
  );
  const refused = scope.outboundTrafficPolicy === 'REGISTRY_ONLY';
  const consequence = refused
    ? 'the client cannot reach it (REGISTRY_ONLY: requests are answered 502, connections closed)'
    : 'what the client sends to it passes through as it is';
  if (!visible) {
    return because(
      RULE,
      `The ${
        service.entry ? 'ServiceEntry' : 'Service'
      } is not exported to Namespace ${scope.namespace}: ${consequence}`,
      writtenAt(snapshot, service),
    );
  }
  return importsHost(scope, service, port)
    ? undefined
    : sidecarReason(
        snapshot,
        scope,
        `${sidecarName(scope)} does not import the Service: ${consequence}`,
      );
}

/** Where it is written to whom a service is exported. */
function writtenAt(
  snapshot: MeshSnapshot,
  { service, entry }: MeshService,
): Parameters<typeof because>[2] {
  if (entry) {
    return {
      snapshot,
      kind: 'networking.istio.io/ServiceEntry',
      object: entry,
      field: 'spec.exportTo',
    };
  }
  return (
    service && {
      snapshot,
      kind: 'Service',
      object: service,
      field: 'metadata.annotations',
    }
  );
}

/** Whether what a proxy does not know is refused by it. */
export function refusesUnknown(scope: SidecarScope): boolean {
  return scope.outboundTrafficPolicy === 'REGISTRY_ONLY';
}
