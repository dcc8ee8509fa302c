import { authorizationPolicy } from './authorizationPolicy';
import { destinationRule } from './destinationRule';
import { envoyFilter } from './envoyFilter';
import { Field } from '../../validation/Field';
import { gateway } from './gateway';
import { metadataRules } from './metadataRules';
import { peerAuthentication } from './peerAuthentication';
import {
  ObjectSchemas,
  RawObject,
  ValidationProblem,
} from '../../validation/problem';
import { proxyConfig } from './proxyConfig';
import { requestAuthentication } from './requestAuthentication';
import { serviceEntry } from './serviceEntry';
import { sidecar } from './sidecar';
import { KindRules, Subject } from './subject';
import { telemetry } from './telemetry';
import { trafficExtension } from './trafficExtension';
import { virtualService } from './virtualService';
import { wasmPlugin } from './wasmPlugin';
import { workloadEntry } from './workloadEntry';
import { workloadGroup } from './workloadGroup';

/** The rules of istiod's validating webhook, by `group/Kind`. All versions of a kind share them. */
const RULES: ReadonlyMap<string, KindRules> = new Map<string, KindRules>([
  ['networking.istio.io/VirtualService', virtualService],
  ['networking.istio.io/DestinationRule', destinationRule],
  ['networking.istio.io/Gateway', gateway],
  ['networking.istio.io/ServiceEntry', serviceEntry],
  ['networking.istio.io/Sidecar', sidecar],
  ['networking.istio.io/WorkloadEntry', workloadEntry],
  ['networking.istio.io/WorkloadGroup', workloadGroup],
  ['networking.istio.io/EnvoyFilter', envoyFilter],
  ['networking.istio.io/ProxyConfig', proxyConfig],
  ['security.istio.io/PeerAuthentication', peerAuthentication],
  ['security.istio.io/RequestAuthentication', requestAuthentication],
  ['security.istio.io/AuthorizationPolicy', authorizationPolicy],
  ['telemetry.istio.io/Telemetry', telemetry],
  ['extensions.istio.io/WasmPlugin', wasmPlugin],
  ['extensions.istio.io/TrafficExtension', trafficExtension],
]);

/**
 * Whether istiod validates objects of a kind.
 *
 * @public
 */
export function isValidated(kind: string): boolean {
  return RULES.has(kind);
}

/** Several checks ask the same of an object, which does not change. */
const withoutSchemas = new WeakMap<RawObject, readonly ValidationProblem[]>();

/**
 * Why an object would be refused, or taken with a warning: by its schema, where schemas are given, and by istiod's
 * webhook. Where both say something of a field, the schema's word counts, since the API server asks it first. Never
 * throws, whatever the object holds.
 *
 * @public
 */
export function validate(
  object: RawObject,
  schemas?: ObjectSchemas,
): readonly ValidationProblem[] {
  const known = schemas ? undefined : withoutSchemas.get(object);
  if (known) {
    return known;
  }
  const problems = problemsOf(object, schemas);
  if (!schemas) {
    withoutSchemas.set(object, problems);
  }
  return problems;
}

function problemsOf(
  object: RawObject,
  schemas: ObjectSchemas | undefined,
): ValidationProblem[] {
  const bySchema = schemas?.problems(object) ?? [];
  const rules = RULES.get(`${object.apiVersion.split('/')[0]}/${object.kind}`);
  if (!rules) {
    return bySchema;
  }
  const subject = subjectOf(object, schemas);
  const byWebhook = [...metadataRules(subject, object.kind), ...rules(subject)];
  return distinct([
    ...bySchema,
    ...byWebhook.filter(
      ({ field, level }) =>
        level === 'warning' || !bySchema.some(known => covers(known, field)),
    ),
  ]);
}

/** Where a field is wrong in itself, what it contains or lacks is not worth telling. */
function covers(known: ValidationProblem, field: string): boolean {
  return (
    field === known.field ||
    field.startsWith(`${known.field}.`) ||
    field.startsWith(`${known.field}[`)
  );
}

function subjectOf(
  { metadata, spec }: RawObject,
  schemas: ObjectSchemas | undefined,
): Subject {
  const meta = new Field('metadata', metadata);
  return {
    spec: new Field('spec', spec ?? undefined),
    name: meta.get('name').text,
    namespace: meta.get('namespace').text || 'default',
    labels: meta.get('labels'),
    annotations: meta.get('annotations'),
    celComplaint: text => schemas?.celComplaint(text),
  };
}

function distinct(problems: readonly ValidationProblem[]): ValidationProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ field, message }) => {
    const key = `${field} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
