import { recordOf } from '../store/values';
import { services } from '../world/coreKinds';
import { fnv1a } from './names';
import type { Controller } from './manager';

/**
 * A Service gets a cluster IP of 10.96.0.0/16, which follows from its name: the same after a start, and after its
 * manifest was saved.
 */
export const serviceController: Controller = {
  name: 'service',
  reconcile({ store }) {
    const all = services.list(store);
    const used = new Set(all.map(({ body }) => body.spec.clusterIP));
    for (const { object, namespace, name, body } of all) {
      if (body.spec.clusterIP || body.spec.type === 'ExternalName') {
        continue;
      }
      let number = fnv1a(`${namespace}/${name}`);
      let clusterIP = address(number);
      while (used.has(clusterIP)) {
        number += 1;
        clusterIP = address(number);
      }
      used.add(clusterIP);
      store.update({
        ...object,
        spec: {
          type: body.spec.type,
          ...recordOf(object.spec),
          clusterIP,
          clusterIPs: [clusterIP],
          ipFamilies: ['IPv4'],
          ipFamilyPolicy: 'SingleStack',
          sessionAffinity: 'None',
          internalTrafficPolicy: 'Cluster',
        },
      });
    }
  },
};

function address(number: number): string {
  return `10.96.${(number >>> 8) % 256}.${2 + (number % 252)}`;
}
