import {
  Analyzer,
  CHECKS,
  Finding,
  OPTIONAL_CHECKS,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings, objectsOf } from '../cluster';
import { Comparison, corpus } from '../corpus';

const findingSchema = z.object({
  code: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

const analyzeCase = z.object({
  id: z.string(),
  analyzer: z.string(),
  inputs: z.array(z.string()),
  clusters: z.record(z.string(), z.array(z.string())).optional(),
  meshConfig: z.string().optional(),
  meshNetworks: z.string().optional(),
  expect: z.array(findingSchema),
});

/** istioctl's own tests add a gateway to every case. */
const INGRESS_GATEWAY = `
apiVersion: v1
kind: Pod
metadata:
  name: istio-ingressgateway
  namespace: istio-system
  labels: { istio: ingressgateway }
spec: { containers: [{ name: istio-proxy }] }
---
apiVersion: v1
kind: Service
metadata: { name: istio-ingressgateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  ports:
    - { name: http, port: 80 }
    - { name: https, port: 443 }
    - { name: tcp, port: 31400 }
    - { name: tls, port: 15443 }
`;

/** They leave these out. */
const SYSTEM_NAMESPACES: ReadonlySet<unknown> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** The findings of one analyzer of istioctl over files. */
export const istioAnalyze = corpus({
  name: 'istio-analyze',
  schema: analyzeCase,
  compare(entry, readInput): Comparison {
    const checks = [...CHECKS, ...OPTIONAL_CHECKS].filter(({ upstream }) =>
      analyzersOf(upstream).includes(entry.analyzer),
    );
    if (checks.length === 0) {
      return { skipped: `no check comes from ${entry.analyzer}` };
    }
    const meshConfig = entry.meshConfig && readInput(entry.meshConfig);
    const meshNetworks = entry.meshNetworks && readInput(entry.meshNetworks);
    const cluster = (inputs: readonly string[], name?: string) =>
      clusterOf(
        [
          istioSettings({
            rootNamespace: 'istio-system',
            meshConfig,
            meshNetworks,
          }),
          ...objectsOf(INGRESS_GATEWAY),
          ...inputs
            .flatMap(path => objectsOf(readInput(path)).flatMap(itemsOf))
            .filter(object => !isOfSystem(object)),
        ],
        'files',
        name,
      );
    const [first, ...others] = Object.entries(entry.clusters ?? {}).map(
      ([name, inputs]) => cluster(inputs, name),
    );
    const snapshot = first?.withPeers('istio', others) ?? cluster(entry.inputs);
    const { findings } = Analyzer.create(checks).analyze(snapshot);
    // Beside what the checks find, the Analyzer itself says where an object is malformed.
    const codes = new Set(checks.map(({ code }) => code));
    return {
      expected: entry.expect.map(keyOf).sort(),
      actual: findings
        .filter(({ code }) => codes.has(code))
        .map(finding => keyOf(named(finding)))
        .sort(),
    };
  },
});

/** `a.One, b.Two (istioctl)` names two. */
function analyzersOf(upstream: string): string[] {
  return upstream.split(' (')[0].split(', ');
}

function isOfSystem(object: object): boolean {
  const { metadata } = z
    .object({ metadata: z.object({ namespace: z.string().optional() }) })
    .parse(object);
  return SYSTEM_NAMESPACES.has(metadata.namespace);
}

/** The objects of a List, which files may have. */
function itemsOf(object: object): object[] {
  const list = z
    .object({ kind: z.literal('List'), items: z.array(z.looseObject({})) })
    .safeParse(object);
  return list.success ? list.data.items : [object];
}

/** istioctl reads the networks of the mesh's settings as an object of their own. */
function named({
  code,
  object,
  field,
}: Finding): z.infer<typeof findingSchema> {
  if (object.kind === 'ConfigMap' && field === 'data.meshNetworks') {
    return {
      code,
      kind: 'MeshNetworks',
      namespace: object.namespace ?? '',
      name: 'meshnetworks',
    };
  }
  return {
    code,
    kind: object.kind.split('/').at(-1) ?? object.kind,
    namespace: object.namespace ?? '',
    name: object.name,
  };
}

/** An object without a namespace is in the namespace `default`. */
function keyOf(finding: z.infer<typeof findingSchema>): string {
  const { code, kind, namespace, name } = finding;
  return [code, kind, namespace === 'default' ? '' : namespace, name].join(' ');
}
