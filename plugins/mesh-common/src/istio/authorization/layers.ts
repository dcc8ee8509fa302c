import { EnforcedAction } from './actions';
import { isHttpKey, PolicyRule } from './conditions';
import { Operation, Source } from './rules';

/** What looks at a call: a proxy that reads HTTP, one that sees a connection only, or a ztunnel. */
export type Layer = 'http' | 'tcp' | 'ztunnel';

/** Fields of sources that only HTTP has. */
export const TOKEN_FIELDS = [
  'requestPrincipals',
  'notRequestPrincipals',
] as const;
/** Fields of operations that only HTTP has. */
export const HTTP_FIELDS = [
  'hosts',
  'notHosts',
  'methods',
  'notMethods',
  'paths',
  'notPaths',
] as const;

/** What a ztunnel is told of a source. */
const CALLER_FIELDS = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'ipBlocks',
  'notIpBlocks',
] as const;

/** What a ztunnel is told of an operation. */
const PORT_FIELDS = ['ports', 'notPorts'] as const;

/** The conditions that a ztunnel is told of. */
const CONNECTION_KEYS = [
  'source.ip',
  'source.namespace',
  'source.principal',
  'destination.ip',
  'destination.port',
];

/** Of what an ALLOW policy asks for, what istiod takes for HTTP's where it tells a ztunnel. */
const BEYOND_ZTUNNEL = [
  ...TOKEN_FIELDS,
  'remoteIpBlocks',
  'notRemoteIpBlocks',
] as const;

/**
 * A rule as a layer that cannot read HTTP takes it; undefined where it drops it. Of an ALLOW policy a rule that asks for
 * anything of HTTP is dropped; of the others a proxy of TCP leaves out what asks for it, so that the rule gets wider.
 *
 * Upstream: pilot/pkg/security/authz/model/model.go, `Generate`.
 */
export function ruleAtLayer(
  rule: PolicyRule,
  action: EnforcedAction,
  layer: Layer,
): PolicyRule | undefined {
  switch (layer) {
    case 'http':
      return rule;
    case 'ztunnel':
      return ruleOfZtunnel(rule, action);
    default:
      if (!needsHttp(rule, TOKEN_FIELDS, isHttpKey)) {
        return rule;
      }
      return action === 'ALLOW' ? undefined : withoutHttp(rule);
  }
}

/**
 * A rule as a ztunnel takes it, which knows nothing of CUSTOM and AUDIT. What it is not told of is left out, and a source,
 * an operation or a condition of which nothing is left matches nothing: with the last source, the last operation or one
 * condition the rule goes.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/authorization.go, `handleRule`; ztunnel src/rbac.rs, `matches`.
 */
function ruleOfZtunnel(
  rule: PolicyRule,
  action: EnforcedAction,
): PolicyRule | undefined {
  if (
    action === 'CUSTOM' ||
    action === 'AUDIT' ||
    (action === 'ALLOW' && needsHttp(rule, BEYOND_ZTUNNEL, isBeyondZtunnel))
  ) {
    return undefined;
  }
  const { from = [], to = [], when = [] } = rule;
  const sources = from.flatMap(({ source }) => told(source, CALLER_FIELDS));
  const operations = to.flatMap(({ operation }) =>
    told(operation, PORT_FIELDS),
  );
  if (
    (from.length > 0 && sources.length === 0) ||
    (to.length > 0 && operations.length === 0) ||
    when.some(
      ({ key, values = [], notValues = [] }) =>
        isBeyondZtunnel(key) || values.length + notValues.length === 0,
    )
  ) {
    return undefined;
  }
  const isWhole =
    sources.length === from.length &&
    operations.length === to.length &&
    from.every(({ source }) => isTold(source, CALLER_FIELDS)) &&
    to.every(({ operation }) => isTold(operation, PORT_FIELDS));
  return isWhole
    ? rule
    : {
        ...(from.length > 0 && { from: sources.map(source => ({ source })) }),
        ...(to.length > 0 && {
          to: operations.map(operation => ({ operation })),
        }),
        when,
      };
}

function isBeyondZtunnel(key: string): boolean {
  return !CONNECTION_KEYS.includes(key);
}

/** The fields of a part of a rule that say something. */
function written(part: Source | Operation = {}): string[] {
  return Object.entries(part).flatMap(([name, values]) =>
    values?.length ? [name] : [],
  );
}

function isTold(
  part: Source | Operation | undefined,
  fields: readonly string[],
): boolean {
  return written(part).every(name => fields.includes(name));
}

/** What is left of a part of a rule, or nothing. */
function told<T extends Source | Operation>(
  part: T | undefined,
  fields: readonly (keyof T & string)[],
): T[] {
  return part && fields.some(name => written(part).includes(name))
    ? [
        without(
          part,
          (Object.keys(part) as (keyof T & string)[]).filter(
            name => !fields.includes(name),
          ),
        ),
      ]
    : [];
}

function needsHttp(
  { from = [], to = [], when = [] }: PolicyRule,
  sourceFields: readonly (keyof Source)[],
  isHttp: (key: string) => boolean,
) {
  return (
    from.some(({ source }) =>
      sourceFields.some(field => source?.[field]?.length),
    ) ||
    to.some(({ operation }) =>
      HTTP_FIELDS.some(field => operation?.[field]?.length),
    ) ||
    when.some(({ key }) => isHttp(key))
  );
}

function withoutHttp({
  from = [],
  to = [],
  when = [],
}: PolicyRule): PolicyRule {
  return {
    from: from.map(({ source = {} }) => ({
      source: without(source, TOKEN_FIELDS),
    })),
    to: to.map(({ operation = {} }) => ({
      operation: without<Operation>(operation, HTTP_FIELDS),
    })),
    when: when.filter(({ key }) => !isHttpKey(key)),
  };
}

function without<T extends object>(fields: T, names: readonly (keyof T)[]): T {
  const rest = { ...fields };
  names.forEach(name => delete rest[name]);
  return rest;
}

/** What of a rule the layer does not know, in words. */
export function beyond(layer: Layer): string {
  return layer === 'ztunnel'
    ? 'what a ztunnel is not told of'
    : 'what only HTTP has';
}
