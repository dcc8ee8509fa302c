/**
 * Reduces the catalogue of annotations of the published Go module istio.io/api to what checks read of it.
 *
 *   node scripts/vendor-annotations.mjs VERSION FILE
 *   node scripts/vendor-annotations.mjs v1.32.0 annotation/annotations.yaml
 *
 * FILE is a file of the module, which `go mod download istio.io/api@VERSION` fetches. Format the result with prettier.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const [version, file] = process.argv.slice(2);
if (!file) {
  throw new Error('usage: vendor-annotations.mjs VERSION FILE');
}

const { annotations } = parse(readFileSync(file, 'utf8'));
const out = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../src/analysis/annotations/vendored/istio.json',
);
writeFileSync(
  out,
  JSON.stringify({
    source: `https://pkg.go.dev/istio.io/api@${version}`,
    license: 'Apache-2.0',
    version,
    annotations: annotations.map(
      ({ name, resources, deprecated, featureStatus }) => ({
        name,
        resources,
        ...(deprecated && { deprecated }),
        featureStatus,
      }),
    ),
  }),
);
