import { ServiceRoutes } from '../../../contract/routing';
import { Service } from '../../../kubernetes/core';
import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { settingReason, settingsOf } from './settings';

/** The Service that requests to a Service go to instead, as `route-NAME` of the settings says. */
export function targetOf(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): string | undefined {
  return settingsOf(snapshot, namespace)?.data?.[`route-${name}`];
}

/** One rule where the settings name another Service, else none. */
export function serviceRoutes(
  snapshot: MeshSnapshot,
  service: Service,
): Pick<ServiceRoutes, 'host' | 'ports'> {
  const namespace = namespaceOf(service);
  const { name } = service.metadata;
  const target = targetOf(snapshot, namespace, name);
  const reasons = [
    settingReason(
      snapshot,
      settingsOf(snapshot, namespace),
      `route-${name}`,
      target
        ? `Requests to ${name} go to ${target}`
        : `Nothing is said of ${name}`,
    ),
  ];
  return {
    host: `${name}.${namespace}.arbor.example`,
    ports: service.spec.ports.map(({ port }) => ({
      port,
      protocol: { value: 'http', reasons: [] },
      routing: { value: target ? 'rules' : 'service', reasons },
      rules: target
        ? [
            {
              name: `ConfigMap ${namespace}/arbor route-${name}`,
              matches: [],
              action: 'forward',
              backends: [{ host: target, percent: 100 }],
              mirrors: [],
              headers: [],
              reasons,
            },
          ]
        : [],
      destinations: [],
      ignored: [],
    })),
  };
}
