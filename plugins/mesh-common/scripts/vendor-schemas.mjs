/**
 * Reduces the CustomResourceDefinitions of a published Go module to the schemas of their kinds: one schema a kind where
 * all of its versions share it, without descriptions.
 *
 *   node scripts/vendor-schemas.mjs MODULE VERSION OUT FILE...
 *   node scripts/vendor-schemas.mjs istio.io/api v1.32.0 istio.json \
 *     kubernetes/customresourcedefinitions.gen.yaml
 *   node scripts/vendor-schemas.mjs sigs.k8s.io/gateway-api v1.7.0 gatewayApi.json config/crd/experimental/*.yaml
 *
 * FILE are files of the module, which `go mod download` fetches. Format the result with prettier.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const [module, version, out, ...files] = process.argv.slice(2);
if (files.length === 0) {
  throw new Error('usage: vendor-schemas.mjs MODULE VERSION OUT FILE...');
}

const kinds = {};
for (const file of files) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const crd = document.toJS();
    if (crd?.kind === 'CustomResourceDefinition') {
      const { group, names, versions, scope } = crd.spec;
      kinds[`${group}/${names.kind}`] = {
        namespaced: scope === 'Namespaced',
        versions: versions
          .filter(({ served }) => served)
          .map(({ name, schema }) => ({ name, schema: reduced(schema) })),
      };
    }
  }
}

/** Versions with the same schema are written once. */
function grouped(versions) {
  const byText = new Map();
  for (const { name, schema } of versions) {
    const text = JSON.stringify(schema);
    const group = byText.get(text) ?? { versions: [], schema };
    group.versions.push(name);
    byText.set(text, group);
  }
  return [...byText.values()];
}

function reduced({ openAPIV3Schema }) {
  const { spec } = withoutTexts(openAPIV3Schema).properties;
  return {
    spec,
    required: (openAPIV3Schema.required ?? []).includes('spec'),
  };
}

/** Descriptions go; a property that is called `description` stays. */
function withoutTexts(schema) {
  if (Array.isArray(schema)) {
    return schema.map(withoutTexts);
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, value]) => !(key === 'description' && typeof value === 'string'),
      )
      .map(([key, value]) => [key, withoutTexts(value)]),
  );
}

writeFileSync(
  path.join(
    path.dirname(fileURLToPath(import.meta.url)),
    '../src/schema/vendored',
    out,
  ),
  `${JSON.stringify(
    {
      source: `https://pkg.go.dev/${module}@${version}`,
      license: 'Apache-2.0',
      version,
      kinds: Object.fromEntries(
        Object.entries(kinds).map(([kind, { namespaced, versions }]) => [
          kind,
          { namespaced, schemas: grouped(versions) },
        ]),
      ),
    },
    undefined,
    1,
  )}\n`,
);
