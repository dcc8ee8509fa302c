import { equalJson } from '../store/values';
import { configMaps, namespaces, serviceAccounts } from '../world/coreKinds';
import type { Controller } from './manager';

const ROOT_CERTIFICATE = 'istio-ca-root-cert';
const ISTIO_NAMESPACE = 'istio-system';

/**
 * Each namespace has the ServiceAccount `default`; where Istio runs, also a copy of its root certificate, which istiod
 * keeps there.
 */
export const namespaceDefaults: Controller = {
  name: 'namespace defaults',
  reconcile({ store }) {
    const root = configMaps.get(store, ISTIO_NAMESPACE, ROOT_CERTIFICATE);
    for (const { name, object } of namespaces.list(store)) {
      if (object.metadata.deletionTimestamp) {
        continue;
      }
      if (!serviceAccounts.get(store, name, 'default')) {
        store.create({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: name },
        });
      }
      const copy = configMaps.get(store, name, ROOT_CERTIFICATE);
      if (
        root &&
        name !== ISTIO_NAMESPACE &&
        !equalJson(copy?.body.data, root.body.data)
      ) {
        store.put({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: ROOT_CERTIFICATE,
            namespace: name,
            labels: { 'istio.io/config': 'true' },
          },
          data: root.body.data,
        });
      }
    }
  },
};
