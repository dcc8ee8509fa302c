import {
  clusterOf,
  CONTROL_PLANE,
  document,
  meshedPod,
} from '../../linkerd/__testUtils__/cluster';
import { vendoredSchemas } from '../../schema';
import { Analyzer } from '../Analyzer';
import { LINKERD_CHECKS } from '../linkerdChecks';
import { withSchemas } from '../schemaChecks';

const checks = withSchemas(LINKERD_CHECKS, vendoredSchemas());

/** What is found of one object in files on 26 November 2026, as `CODE level field: message`. */
export function findings(name: string, yaml: string): string[] {
  return Analyzer.create(checks, [], () => new Date('2026-11-26T00:00:00Z'))
    .analyze(clusterOf(CONTROL_PLANE + yaml, { origin: 'files' }))
    .findings.filter(({ object: found }) => found.name === name)
    .map(
      ({ code, level, field, message }) =>
        `${code} ${level} ${field}: ${message}`,
    );
}

/** The findings of one code over files, as `Kind name field: message`. */
export function findingsOfCode(code: string, yaml: string): string[] {
  return Analyzer.create(LINKERD_CHECKS)
    .analyze(clusterOf(CONTROL_PLANE + yaml, { origin: 'files' }))
    .findings.filter(finding => finding.code === code)
    .map(
      ({ object: about, field, message }) =>
        `${about.kind.split('/').at(-1)} ${about.name} ${field}: ${message}`,
    );
}

/** An object of the namespace shop. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  spec: object,
  metadata: object = {},
) =>
  document({
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', ...metadata },
    spec,
  });

/** A Service with a meshed pod. */
export const cart =
  meshedPod('cart') +
  object('v1', 'Service', 'cart', {
    clusterIP: '10.0.0.1',
    selector: { app: 'cart' },
    ports: [{ port: 80 }],
  });
