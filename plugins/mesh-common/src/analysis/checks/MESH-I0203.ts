import { isDiscovered, ISTIO_CONFIGURATION } from '../../istio/discovery';
import { proxyOf } from '../../istio/pods';
import { defineCheck } from '../check';

/** A namespace that istiod does not watch has proxies or configuration of Istio. */
export const undiscoveredNamespace = defineCheck({
  code: 'MESH-I0203',
  level: 'warning',
  title: 'Namespace with objects of Istio that istiod does not watch',
  explanation:
    'The discoverySelectors of the mesh leave this namespace out: istiod sees neither its Services nor its configuration, and clients of the mesh do not know its endpoints. The injector does not look at the selectors, so that pods have proxies all the same, which are given no configuration of their namespace. Give the namespace a label that the selectors want, or take proxies and configuration out of it.',
  upstream: 'pkg/kube/namespace/filter.go (istio)',
  mesh: 'istio',
  subject: 'Namespace',
  needs: ['ConfigMap', 'Pod'],
  *run({ metadata: { name } }, snapshot) {
    if (isDiscovered(snapshot, name)) {
      return;
    }
    const proxies = [...snapshot.list('Pod', name)].filter(proxyOf).length;
    const written = ISTIO_CONFIGURATION.reduce(
      (sum, kindId) => sum + snapshot.bucket(kindId, name).size,
      0,
    );
    const found = [
      ...(proxies > 0 ? [`${proxies} of its pods have proxies`] : []),
      ...(written > 0 ? [`${written} objects of Istio are in it`] : []),
    ];
    if (found.length > 0) {
      yield {
        message: `No discoverySelector of the mesh matches the labels of namespace ${name}, so that istiod does not see what is in it, while ${found.join(
          ' and ',
        )}`,
        field: 'metadata.labels',
      };
    }
  },
});
