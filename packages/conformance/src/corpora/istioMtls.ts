import { z } from 'zod';
import { clusterOf, istioSettings } from '../cluster';
import { Comparison, corpus } from '../corpus';
import { modeOn, serverPod } from './istiodInbound';

const mtlsCase = z.object({
  id: z.string(),
  kind: z.string(),
  rootNamespace: z.string().optional(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  port: z.number().optional(),
  peerAuthentications: z.array(z.looseObject({})).optional(),
  expect: z.looseObject({}),
});

/** A port of which no policy speaks. */
const ANY_PORT = 65_000;

/** What Istio's own tests say about mutual TLS. */
export const istioMtls = corpus({
  name: 'istio-mtls',
  schema: z.looseObject(mtlsCase.shape),
  compare(entry): Comparison {
    if (entry.kind !== 'effective-mode') {
      return {
        skipped: `${entry.kind}: it asks for what happens inside of istiod`,
      };
    }
    const {
      namespace = 'default',
      labels = {},
      rootNamespace = 'istio-system',
      peerAuthentications = [],
      expect,
    } = entry;
    const snapshot = clusterOf([
      istioSettings({ rootNamespace }),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'server', namespace, labels },
      },
      ...peerAuthentications,
    ]);
    const pod = serverPod(snapshot, { namespace, labels });
    const ports = z
      .record(z.string(), z.string())
      .optional()
      .parse(expect.perPort);
    return {
      expected: { mode: expect.mode, perPort: ports },
      actual: {
        mode:
          expect.mode === undefined
            ? undefined
            : modeOn(snapshot, pod, entry.port ?? ANY_PORT),
        perPort:
          ports &&
          Object.fromEntries(
            Object.keys(ports).map(port => [
              port,
              modeOn(snapshot, pod, Number(port)),
            ]),
          ),
      },
    };
  },
});
