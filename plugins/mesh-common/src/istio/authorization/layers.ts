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
const REMOTE_FIELDS = ['remoteIpBlocks', 'notRemoteIpBlocks'] as const;
/** Fields of operations that only HTTP has. */
export const HTTP_FIELDS = [
  'hosts',
  'notHosts',
  'methods',
  'notMethods',
  'paths',
  'notPaths',
] as const;

/**
 * A rule as a layer that cannot read HTTP takes it. Of an ALLOW policy a rule that asks for anything of HTTP
 * is dropped; of the others what asks for it is dropped, so that the rule gets wider. A ztunnel drops a rule
 * too of which nothing is left, where a sidecar would match everything, and knows nothing of CUSTOM and AUDIT.
 *
 * Upstream: pilot/pkg/security/authz/model/model.go, `Generate`;
 * pilot/pkg/serviceregistry/ambient/authorization.go, `handleRule`.
 */
export function ruleAtLayer(
  rule: PolicyRule,
  action: EnforcedAction,
  layer: Layer,
): PolicyRule | undefined {
  if (layer === 'ztunnel' && (action === 'CUSTOM' || action === 'AUDIT')) {
    return undefined;
  }
  if (layer === 'http' || !needsHttp(rule, layer)) {
    return rule;
  }
  if (action === 'ALLOW') {
    return undefined;
  }
  const plain = withoutHttp(rule, layer);
  return layer === 'ztunnel' && isEmpty(plain) ? undefined : plain;
}

function needsHttp(
  { from = [], to = [], when = [] }: PolicyRule,
  layer: Layer,
) {
  return (
    from.some(({ source }) =>
      sourceFieldsOf(layer).some(field => source?.[field]?.length),
    ) ||
    to.some(({ operation }) =>
      HTTP_FIELDS.some(field => operation?.[field]?.length),
    ) ||
    when.some(({ key }) => isReadByHttp(key, layer))
  );
}

function isReadByHttp(key: string, layer: Layer): boolean {
  return (
    isHttpKey(key) ||
    (layer === 'ztunnel' && ['remote.ip', 'connection.sni'].includes(key))
  );
}

function sourceFieldsOf(layer: Layer): readonly (keyof Source)[] {
  return layer === 'ztunnel'
    ? [...TOKEN_FIELDS, ...REMOTE_FIELDS]
    : TOKEN_FIELDS;
}

function withoutHttp(
  { from = [], to = [], when = [] }: PolicyRule,
  layer: Layer,
): PolicyRule {
  return {
    from: from.map(({ source = {} }) => ({
      source: without(source, sourceFieldsOf(layer)),
    })),
    to: to.map(({ operation = {} }) => ({
      operation: without<Operation>(operation, HTTP_FIELDS),
    })),
    when: when.filter(({ key }) => !isReadByHttp(key, layer)),
  };
}

function without<T extends object>(fields: T, names: readonly (keyof T)[]): T {
  const rest = { ...fields };
  names.forEach(name => delete rest[name]);
  return rest;
}

function isEmpty({ from = [], to = [], when = [] }: PolicyRule): boolean {
  return (
    from.every(({ source }) => Object.keys(source ?? {}).length === 0) &&
    to.every(({ operation }) => Object.keys(operation ?? {}).length === 0) &&
    when.length === 0
  );
}
