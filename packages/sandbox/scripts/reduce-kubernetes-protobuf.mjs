/**
 * Reduces the protobuf messages of a Kubernetes release to those of the kinds that the sandbox reads. A field that is a
 * pointer in Go is marked (of the others a zero value on the wire means absent), and one that JSON writes inline.
 *
 *   node scripts/reduce-kubernetes-protobuf.mjs GO_MODULES 0.35.4
 *
 * GO_MODULES is the folder that holds k8s.io/api@vVERSION and k8s.io/apimachinery@vVERSION, as Go's module cache does.
 * CustomResourceDefinitions are left out: their fields have other names in JSON. Format the result with prettier.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const [folder, version] = process.argv.slice(2);
if (!folder || !version) {
  throw new Error('usage: reduce-kubernetes-protobuf.mjs GO_MODULES VERSION');
}

const API = [
  'admissionregistration/v1',
  'apps/v1',
  'authentication/v1',
  'authorization/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'batch/v1',
  'coordination/v1',
  'core/v1',
  'discovery/v1',
  'networking/v1',
  'policy/v1',
  'rbac/v1',
];
const META = 'k8s.io/apimachinery/pkg/apis/meta/v1';
const RUNTIME = 'k8s.io/apimachinery/pkg/runtime';

/** The file of an import path, `k8s.io/api/core/v1/generated.proto`. */
function fileOf(importPath) {
  const [, module, ...rest] = importPath.split('/');
  return path.join(folder, 'k8s.io', `${module}@v${version}`, ...rest);
}

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => fileOf(target);
root.loadSync(
  [...API.map(name => `k8s.io/api/${name}`), META, RUNTIME].map(
    name => `${name}/generated.proto`,
  ),
  { keepCase: true },
);
root.resolveAll();

/** How the fields of the Go types in a package are written in JSON: `Deployment.1` is a pointer, `Probe.1` inline. */
function formsIn(importPath) {
  const forms = new Map();
  const file = fileOf(`${importPath}/types.go`);
  const source = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const [, type, body] of source.matchAll(
    /^type (\w+) struct \{\n([\s\S]*?)^\}/gm,
  )) {
    for (const [, star, json, id] of body.matchAll(
      /^\s*(?:\w+\s+)?(\*?)[\w.[\]*]+\s+`json:"([^"]*)"[^`]*?protobuf:"\w+,(\d+),/gm,
    )) {
      forms.set(`${type}.${id}`, {
        name: json.split(',')[0].replace('-', ''),
        ...(star && { pointer: true }),
        ...(json === ',inline' && { inline: true }),
      });
    }
  }
  return forms;
}

const formsOf = new Map();
const kept = new Map();
function keep(type) {
  if (kept.has(type.fullName)) {
    return;
  }
  const packagePath = type.parent.fullName
    .slice(1)
    .replace(/^k8s\.io\./, 'k8s.io/')
    .slice('k8s.io/'.length)
    .split('.');
  const importPath = `k8s.io/${packagePath.join('/')}`;
  if (!formsOf.has(importPath)) {
    formsOf.set(importPath, formsIn(importPath));
  }
  const fields = {};
  kept.set(type.fullName, fields);
  for (const field of type.fieldsArray) {
    const { name, ...form } =
      formsOf.get(importPath).get(`${type.name}.${field.id}`) ?? {};
    fields[name || field.name] = {
      ...(field.map && { keyType: field.keyType }),
      ...(field.repeated && { rule: 'repeated' }),
      type: field.resolvedType
        ? field.resolvedType.fullName.slice(1)
        : field.type,
      id: field.id,
      ...form,
    };
    if (field.resolvedType) {
      keep(field.resolvedType);
    }
  }
}

const { schemas } = JSON.parse(
  readFileSync(
    new URL('../src/store/schema/kubernetes.json', import.meta.url),
    'utf8',
  ),
);
for (const [name, schema] of Object.entries(schemas)) {
  const isKind = schema['x-kubernetes-group-version-kind'] !== undefined;
  if (isKind && !name.startsWith('io.k8s.apiextensions')) {
    keep(root.lookupType(name.replace(/^io\.k8s\./, 'k8s.io.')));
  }
}
keep(root.lookupType('k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions'));
keep(root.lookupType('k8s.io.apimachinery.pkg.runtime.Unknown'));

const messages = [...kept]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([fullName, fields]) => {
    const lines = Object.entries(fields).map(
      ([name, field]) => `${JSON.stringify(name)}: ${JSON.stringify(field)}`,
    );
    return `${JSON.stringify(fullName.slice(1))}: {\n${lines.join(',\n')}\n}`;
  });

const target = fileURLToPath(
  new URL('../src/api/protobuf/kubernetes.json', import.meta.url),
);
writeFileSync(
  target,
  `{
  "source": "https://github.com/kubernetes/kubernetes, generated.proto of v${version}",
  "license": "Apache-2.0, Copyright The Kubernetes Authors",
  "messages": {
${messages.join(',\n')}
}
}
`,
);
process.stdout.write(`${kept.size} messages in ${target}\n`);
