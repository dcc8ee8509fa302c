// Writes docs/checks.md from the catalogue of checks.
const { writeFileSync } = require('node:fs');
const { resolve } = require('node:path');

require('@backstage/cli/config/nodeTransform.cjs');
const {
  CHECKS,
  optionalChecks,
  withSchemas,
} = require('backstage-plugin-mesh-common');
const { vendoredSchemas } = require('backstage-plugin-mesh-common/schema');
const { checksPage } = require('../src/docs/checksPage');

writeFileSync(
  resolve(__dirname, '../../../docs/checks.md'),
  `${checksPage(
    withSchemas(CHECKS, vendoredSchemas()),
    optionalChecks(['all']),
  )}\n`,
);
