import { z } from 'zod';
import {
  conditionSchema,
  labelSelectorSchema,
  objectSchema,
} from '../../kubernetes/schemas/objects';
import { parentReferenceSchema } from './routes';

const allowedNamespacesSchema = z.object({
  from: z.string().optional(),
  selector: labelSelectorSchema.optional(),
});

const gatewayListenerSchema = z.object({
  name: z.string(),
  hostname: z.string().optional(),
  port: z.number(),
  protocol: z.string(),
  tls: z
    .object({
      mode: z.string().optional(),
      options: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  allowedRoutes: z
    .object({
      kinds: z
        .array(z.object({ group: z.string().optional(), kind: z.string() }))
        .optional(),
      namespaces: allowedNamespacesSchema.optional(),
    })
    .optional(),
});

export const listenerSetSchema = objectSchema({
  spec: z
    .object({
      parentRef: parentReferenceSchema.optional(),
      listeners: z
        .array(gatewayListenerSchema.extend({ port: z.number().optional() }))
        .optional(),
    })
    .optional(),
  status: z
    .object({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export const gatewayApiGatewaySchema = objectSchema({
  spec: z
    .object({
      gatewayClassName: z.string(),
      addresses: z
        .array(
          z.object({
            type: z.string().optional(),
            value: z.string().optional(),
          }),
        )
        .optional(),
      listeners: z.array(gatewayListenerSchema).optional(),
      allowedListeners: z
        .object({ namespaces: allowedNamespacesSchema.optional() })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      addresses: z
        .array(z.object({ type: z.string().optional(), value: z.string() }))
        .optional(),
      conditions: z.array(conditionSchema).optional(),
      listeners: z
        .array(
          z.object({
            name: z.string().optional(),
            conditions: z.array(conditionSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export const gatewayClassSchema = objectSchema({
  spec: z.object({ controllerName: z.string() }).optional(),
});
