import { z } from 'zod';
import { decodeBase64 } from '../../certificate';
import { WITHHELD } from '../../core';
import { labelSelectorSchema, objectSchema } from '../objects';

export const namespaceSchema = objectSchema({
  status: z.object({ phase: z.string().optional() }).optional(),
});

export const configMapSchema = objectSchema({
  data: z.record(z.string(), z.string()).optional(),
});

export const webhookConfigurationSchema = objectSchema({
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: z.string().optional(),
        namespaceSelector: labelSelectorSchema.optional(),
        objectSelector: labelSelectorSchema.optional(),
        clientConfig: z
          .object({
            url: z.string().optional(),
            caBundle: z.string().optional(),
            service: z
              .object({ name: z.string(), namespace: z.string() })
              .optional(),
          })
          .optional(),
      }),
    )
    .default([]),
});

/** Of a value of a Secret the certificate that it is, or that it is there; nothing else is kept. */
function withoutSecrets(text: string | undefined): string {
  if (text === '') {
    return '';
  }
  return text?.includes('-----BEGIN CERTIFICATE-----') &&
    !text.includes('PRIVATE KEY')
    ? text
    : WITHHELD;
}

const secretValuesSchema = z.record(z.string(), z.string()).default({});

export const secretSchema = objectSchema({
  type: z.string().optional(),
  data: secretValuesSchema.transform(values =>
    mapValues(values, value => withoutSecrets(decodeText(value))),
  ),
  stringData: secretValuesSchema.transform(values =>
    mapValues(values, withoutSecrets),
  ),
});

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && new TextDecoder().decode(bytes);
}

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, change(value)]),
  );
}

/** What rules read of a Node: where it is (its labels), which addresses its pods get, and what runs them. */
export const nodeSchema = objectSchema({
  spec: z.object({ podCIDRs: z.array(z.string()).default([]) }).prefault({}),
  status: z
    .object({
      nodeInfo: z
        .object({ containerRuntimeVersion: z.string().optional() })
        .optional(),
    })
    .optional(),
});

/** What rules read of a role, and of a binding to one, is that it exists: what it allows to whom is not kept. */
export const roleSchema = objectSchema({});

export const apiServiceSchema = objectSchema({
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

/** What rules read of a ServiceAccount is that it exists. */
export const serviceAccountSchema = objectSchema({});

/** A CustomResourceDefinition, by which the mirror learns that a kind came or went. */
export const customResourceDefinitionSchema = objectSchema({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string(), plural: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean() })),
  }),
});
