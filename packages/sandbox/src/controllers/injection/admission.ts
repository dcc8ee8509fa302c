import type { ObjectStore, StoredObject } from '../../store/types';
import { mutatingWebhooks, namespaces, pods } from '../../world/coreKinds';
import { selects } from '../../world/selector';
import { injectIstio } from './istio';
import { injectLinkerd } from './linkerd';

type Injector = (store: ObjectStore, pod: StoredObject) => StoredObject;

/** The webhooks that the sandbox plays, by the end of their names. */
const INJECTORS: readonly [suffix: string, inject: Injector][] = [
  ['sidecar-injector.istio.io', injectIstio],
  ['linkerd-proxy-injector.linkerd.io', injectLinkerd],
];

/**
 * What the mutating webhooks of the cluster make of a new pod. A webhook is called if its namespaceSelector and its
 * objectSelector match; a pod that has a proxy is not given a second one.
 */
export function admitPod(store: ObjectStore, pod: StoredObject): StoredObject {
  const namespace = namespaces.get(
    store,
    undefined,
    pod.metadata.namespace ?? '',
  );
  let admitted = pod;
  for (const { body } of mutatingWebhooks.list(store)) {
    for (const webhook of body.webhooks) {
      const injector = INJECTORS.find(([suffix]) =>
        webhook.name.endsWith(suffix),
      );
      if (
        injector &&
        namespace &&
        !hasProxy(admitted) &&
        selects(webhook.namespaceSelector, namespace.labels) &&
        selects(webhook.objectSelector, admitted.metadata.labels ?? {})
      ) {
        admitted = injector[1](store, admitted);
      }
    }
  }
  return admitted;
}

function hasProxy(pod: StoredObject): boolean {
  const spec = pods.read(pod)?.body.spec;
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].some(
    ({ name }) => name === 'istio-proxy' || name === 'linkerd-proxy',
  );
}
