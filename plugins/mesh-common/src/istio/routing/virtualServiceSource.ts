import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { timeOf } from '../age';
import { isVisibleFrom } from '../exportTo';
import { resolveHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { MeshConfig } from '../meshConfig';
import { HttpRoute, VirtualService } from '../objects';
import { mergeDelegate } from './delegate';
import { resolveGatewayName } from './gatewayNames';
import { objectReason, RouteSource, SourceRule, titleOf } from './source';
import { hostsOf } from './virtualServiceIndex';

const KIND = 'networking.istio.io/VirtualService';
const RULE = 'istio/virtual-service';

/** A VirtualService as a source of routes. */
export function virtualServiceSource(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  config: Pick<MeshConfig, 'defaultVirtualServiceExportTo'>,
): RouteSource {
  const { spec, metadata } = virtualService;
  return {
    from: 'virtual-service',
    hosts: hostsOf(snapshot, virtualService),
    namespace: namespaceOf(virtualService),
    name: metadata.name,
    time: timeOf(virtualService),
    ...(spec?.exportTo && { exportTo: spec.exportTo }),
    objects: [{ kind: KIND, object: virtualService }],
    virtualService,
    rules: () => httpRules(snapshot, virtualService, config),
  };
}

function httpRules(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  config: Pick<MeshConfig, 'defaultVirtualServiceExportTo'>,
): { rules: SourceRule[]; dropped: Reason[] } {
  const rules: SourceRule[] = [];
  const dropped: Reason[] = [];
  (virtualService.spec?.http ?? []).forEach((http, index) => {
    const field = `spec.http[${index}]`;
    if (!http.delegate) {
      rules.push(ruleOf(snapshot, virtualService, http, field));
      return;
    }
    const found = delegateOf(snapshot, virtualService, http.delegate, config);
    if ('problem' in found) {
      dropped.push(
        objectReason(
          snapshot,
          { kind: KIND, object: virtualService },
          RULE,
          `${field.slice(5)} has no effect: ${found.problem}`,
          `${field}.delegate`,
        ),
      );
      return;
    }
    (found.delegate.spec?.http ?? []).forEach((leaf, leafIndex) => {
      const merged = mergeDelegate(
        resolvedIn(snapshot, virtualService, http),
        resolvedIn(snapshot, found.delegate, leaf),
      );
      const leafField = `spec.http[${leafIndex}]`;
      if (merged) {
        rules.push({
          http: merged,
          written: { kind: KIND, object: found.delegate, field: leafField },
          delegatedBy: { kind: KIND, object: virtualService, field },
        });
      } else {
        dropped.push(
          objectReason(
            snapshot,
            { kind: KIND, object: found.delegate },
            RULE,
            `${leafField.slice(
              5,
            )} has no effect: what it matches is not part of what ${titleOf({
              kind: KIND,
              object: virtualService,
            })} ${field.slice(5)} hands over`,
            `${leafField}.match`,
          ),
        );
      }
    });
  });
  return { rules, dropped };
}

/**
 * The VirtualService that a route is delegated to: of the root's namespace unless it names one, without hosts
 * of its own, and visible from the root's namespace.
 *
 * Upstream: pilot/pkg/model/virtualservice_controller.go, `mergeVirtualServices`.
 */
function delegateOf(
  snapshot: MeshSnapshot,
  root: VirtualService,
  reference: NonNullable<HttpRoute['delegate']>,
  {
    defaultVirtualServiceExportTo,
  }: Pick<MeshConfig, 'defaultVirtualServiceExportTo'>,
): { delegate: VirtualService } | { problem: string } {
  const own = namespaceOf(root);
  const namespace = reference.namespace || own;
  const delegate = snapshot.get(KIND, namespace, reference.name);
  const name = `VirtualService ${namespace}/${reference.name}`;
  if (!delegate) {
    return { problem: `there is no ${name} to delegate to` };
  }
  if (delegate.spec?.hosts?.length) {
    return { problem: `${name} has hosts, so that it is no delegate` };
  }
  return isVisibleFrom(
    {
      exportTo: delegate.spec?.exportTo,
      defaults: defaultVirtualServiceExportTo,
      namespace,
    },
    own,
  )
    ? { delegate }
    : { problem: `${name} is not exported to ${own}` };
}

function ruleOf(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  http: HttpRoute,
  field: string,
): SourceRule {
  return {
    http: resolvedIn(snapshot, virtualService, http),
    written: { kind: KIND, object: virtualService, field },
  };
}

/**
 * A rule with the full names of hosts and Gateways; those of a root and of its delegate are each resolved in their own
 * namespace, before they are merged.
 *
 * Upstream: pilot/pkg/model/virtualservice.go, `ResolveVirtualServiceShortnames`.
 */
function resolvedIn(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  http: HttpRoute,
): HttpRoute {
  const namespace = namespaceOf(virtualService);
  const domain = clusterDomain(snapshot);
  const full = <T extends { host: string }>(destination: T): T => ({
    ...destination,
    host: resolveHost(destination.host, namespace, domain),
  });
  return {
    ...http,
    ...(http.match && {
      match: http.match.map(match => ({
        ...match,
        ...(match.gateways && {
          gateways: match.gateways.map(name =>
            resolveGatewayName(name, namespace),
          ),
        }),
      })),
    }),
    ...(http.route && {
      route: http.route.map(entry => ({
        ...entry,
        destination: full(entry.destination),
      })),
    }),
    ...(http.mirror && { mirror: full(http.mirror) }),
    ...(http.mirrors && {
      mirrors: http.mirrors.map(entry => ({
        ...entry,
        destination: full(entry.destination),
      })),
    }),
  };
}
