import {
  linkerdAnnotationDuration,
  linkerdIdentityPattern,
  linkerdInjectability,
  linkerdInjectionDecision,
  linkerdPortList,
  linkerdRouteDuration,
  matchesLinkerdIdentity,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Comparison, corpus } from '../../corpus';

const primitiveCase = z.object({
  id: z.string(),
  group: z.string(),
  input: z.unknown(),
  expect: z.unknown(),
});

const containersSchema = z
  .array(
    z
      .object({ name: z.string().default(''), image: z.string().optional() })
      .transform(container => ({ ...container, ports: [], env: [] })),
  )
  .default([]);

const injectableSchema = z.object({
  podSpec: z.object({
    hostNetwork: z.boolean().optional(),
    automountServiceAccountToken: z.boolean().optional(),
    containers: containersSchema,
    initContainers: containersSchema,
  }),
  podAnnotations: z.record(z.string(), z.string()),
  namespaceAnnotations: z.record(z.string(), z.string()),
  unsupportedResource: z.boolean(),
});

const NS_PER_MS = 1_000_000;
const MAX_PORT = 65_535;

const ANSWERS: Readonly<
  Record<string, ((input: unknown) => unknown) | undefined>
> = {
  'annotation-duration': input =>
    linkerdAnnotationDuration(z.string().parse(input)),
  'route-duration': input => {
    const parsed = linkerdRouteDuration(z.string().parse(input));
    return 'ms' in parsed ? { ns: Math.round(parsed.ms * NS_PER_MS) } : parsed;
  },
  'port-set': input => {
    const { ports, invalid } = linkerdPortList(z.string().parse(input));
    return invalid === undefined
      ? {
          ports: Array.from({ length: MAX_PORT + 1 }, (_, port) => port).filter(
            port => ports.has(port),
          ),
        }
      : { error: invalid };
  },
  'identity-match': input => {
    const pattern = linkerdIdentityPattern(z.string().parse(input));
    return pattern.type === 'exact'
      ? { exact: pattern.identity }
      : { suffix: pattern.labels };
  },
  'tls-authorized': input => {
    const { clientId, identities, suffixes } = z
      .object({
        clientId: z.string(),
        identities: z.array(z.string()),
        suffixes: z.array(z.string()),
      })
      .parse(input);
    return matchesLinkerdIdentity(clientId, {
      identities,
      // Cases have them as the proxy gets them, without the star before the dot.
      suffixes: suffixes.map(suffix =>
        suffix.startsWith('.') ? `*${suffix}` : suffix,
      ),
    });
  },
  'inject-annotation': input => {
    const { namespace, pod } = z
      .object({ namespace: z.string().nullable(), pod: z.string().nullable() })
      .parse(input);
    const { inject, reason } = linkerdInjectionDecision(
      namespace ?? undefined,
      pod ?? undefined,
    );
    return { inject, reason: reason ?? null };
  },
  injectable: input => {
    const { reasons, injectable } = linkerdInjectability({
      ...injectableSchema.parse(input),
      tokenProjection: true,
    });
    return { injectable, reasons };
  },
};

/** Durations, lists of ports, identities, and what the injector decides. */
export const linkerdPrimitives = corpus({
  name: 'linkerd-primitives',
  schema: primitiveCase,
  compare({ group, input, expect: expected }): Comparison {
    const answer = ANSWERS[group];
    return answer
      ? withoutWords(expected, answer(input))
      : { skipped: `${group} is not modelled` };
  },
});

/** That there is an error is compared, not its words. */
function withoutWords(expected: unknown, actual: unknown): Comparison {
  return isError(expected) && isError(actual)
    ? { expected: { error: true }, actual: { error: true } }
    : { expected, actual };
}

function isError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value;
}
