import { istioHostDestinations } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings } from '../cluster';
import { corpus } from '../corpus';

const schema = z.object({
  id: z.string(),
  proxyNamespace: z.string(),
  port: z.number(),
  services: z.array(z.looseObject({})),
  objects: z.array(z.looseObject({})),
  /** By host the clusters that it leads to; null: the proxy has no such host, or does not listen at all. */
  expect: z.record(z.string(), z.array(z.string()).nullable()).nullable(),
});

/** Where the sidecar of a client sends requests for hosts. */
export const istioRoutes = corpus({
  name: 'istio-routes',
  schema,
  compare({ services, objects, proxyNamespace, port, expect }) {
    const snapshot = clusterOf(
      [
        istioSettings({ rootNamespace: 'istio-system' }),
        ...services,
        ...objects,
      ],
      'files',
    );
    const answer = (host: string) =>
      istioHostDestinations(
        snapshot,
        { namespace: proxyNamespace, labels: {} },
        { host, port },
      );
    if (expect === null) {
      // No host is asked about: the proxy has no routes on the port.
      const found = answer('*');
      return {
        expected: expect,
        actual: 'has' in found && found.has === 'no-listener' ? null : found,
      };
    }
    return {
      expected: expect,
      actual: Object.fromEntries(
        Object.keys(expect).map(host => [host, inCorpusWords(answer(host))]),
      ),
    };
  },
});

function inCorpusWords(found: ReturnType<typeof istioHostDestinations>) {
  if (!('has' in found)) {
    return found;
  }
  return found.has === 'destinations'
    ? found.destinations.map(
        ({ host, port, subset = '' }) => `outbound|${port}|${subset}|${host}`,
      )
    : null;
}
