/**
 * Reduces the OpenAPI documents of a Kubernetes release to the schemas of the kinds that the sandbox serves, with the
 * first sentence of each description.
 *
 *   node scripts/reduce-kubernetes-openapi.mjs KUBERNETES/api/openapi-spec/v3 1.35.4
 *
 * KUBERNETES is a checkout (or the Go module) of k8s.io/kubernetes. Format the result with prettier.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, version] = process.argv.slice(2);
if (!folder || !version) {
  throw new Error(
    'usage: reduce-kubernetes-openapi.mjs OPENAPI_V3_FOLDER VERSION',
  );
}

const KINDS = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io/v1': [
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'authentication.k8s.io/v1': ['SelfSubjectReview'],
  'authorization.k8s.io/v1': [
    'SelfSubjectAccessReview',
    'SelfSubjectRulesReview',
  ],
  'autoscaling/v1': ['Scale'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': [
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
  ],
};
const REF = '#/components/schemas/';

const all = new Map();
for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const document = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  for (const [name, schema] of Object.entries(
    document.components?.schemas ?? {},
  )) {
    all.set(name, schema);
  }
}

const kept = new Set();
function keep(name) {
  if (!kept.has(name)) {
    kept.add(name);
    JSON.stringify(all.get(name), (key, value) => {
      if (key === '$ref' && typeof value === 'string') {
        keep(value.slice(REF.length));
      }
      return value;
    });
  }
}
for (const [name, schema] of all) {
  const serves = (schema['x-kubernetes-group-version-kind'] ?? []).some(gvk => {
    const apiVersion = gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version;
    return KINDS[apiVersion]?.includes(gvk.kind);
  });
  if (serves) {
    keep(name);
  }
}

function shorten(value) {
  if (Array.isArray(value)) {
    return value.map(shorten);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'description' && typeof member === 'string'
        ? member.split('\n')[0].split(/(?<=\.)\s/)[0]
        : shorten(member),
    ]),
  );
}

const target = fileURLToPath(
  new URL('../src/store/schema/kubernetes.json', import.meta.url),
);
const schemas = Object.fromEntries(
  [...kept].sort().map(name => [name, shorten(all.get(name))]),
);
writeFileSync(
  target,
  `${JSON.stringify(
    {
      source: `https://github.com/kubernetes/kubernetes/tree/v${version}/api/openapi-spec/v3`,
      license: 'Apache-2.0, Copyright The Kubernetes Authors',
      version: `v${version}`,
      schemas,
    },
    null,
    2,
  )}\n`,
);
process.stdout.write(`${kept.size} schemas in ${target}\n`);
