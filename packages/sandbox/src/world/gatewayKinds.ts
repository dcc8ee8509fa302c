import { z } from 'zod';
import { defineKind, type Item } from './kind';
import { labelSelectorSchema } from './selector';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

const parentRefSchema = z.looseObject({
  group: z.string().default(GATEWAY_GROUP),
  kind: z.string().default('Gateway'),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
  port: z.number().optional(),
});

export type ParentRef = z.infer<typeof parentRefSchema>;

const backendRefSchema = z.looseObject({
  group: z.string().default(''),
  kind: z.string().default('Service'),
  namespace: z.string().optional(),
  name: z.string(),
  port: z.number().optional(),
  weight: z.number().default(1),
});

export type BackendRef = z.infer<typeof backendRefSchema>;

const headerMatchSchema = z.looseObject({
  type: z.enum(['Exact', 'RegularExpression']).default('Exact'),
  name: z.string(),
  value: z.string(),
});

const httpMatchSchema = z.looseObject({
  path: z
    .looseObject({
      type: z
        .enum(['Exact', 'PathPrefix', 'RegularExpression'])
        .default('PathPrefix'),
      value: z.string().default('/'),
    })
    .optional(),
  method: z.string().optional(),
  headers: z.array(headerMatchSchema).default([]),
});

export type HttpMatch = z.infer<typeof httpMatchSchema>;

const grpcMatchSchema = z.looseObject({
  method: z
    .looseObject({
      service: z.string().optional(),
      method: z.string().optional(),
    })
    .optional(),
  headers: z.array(headerMatchSchema).default([]),
});

const conditionSchema = z.looseObject({ type: z.string(), status: z.string() });

const parentStatusSchema = z.looseObject({
  parentRef: parentRefSchema,
  controllerName: z.string(),
  conditions: z.array(conditionSchema).default([]),
});

const routeStatusSchema = z
  .looseObject({ parents: z.array(parentStatusSchema).default([]) })
  .default({ parents: [] });

const httpRouteSchema = z.object({
  spec: z.looseObject({
    parentRefs: z.array(parentRefSchema).default([]),
    hostnames: z.array(z.string()).default([]),
    rules: z
      .array(
        z.looseObject({
          matches: z.array(httpMatchSchema).default([]),
          backendRefs: z.array(backendRefSchema).default([]),
        }),
      )
      .default([]),
  }),
  status: routeStatusSchema,
});

export type HttpRoute = Item<z.infer<typeof httpRouteSchema>>;

export const httpRoutes = defineKind(
  GATEWAY_GROUP,
  'HTTPRoute',
  httpRouteSchema,
);

/** Linkerd's own HTTPRoute, of the same form. */
export const policyHttpRoutes = defineKind(
  'policy.linkerd.io',
  'HTTPRoute',
  httpRouteSchema,
);

export const grpcRoutes = defineKind(
  GATEWAY_GROUP,
  'GRPCRoute',
  z.object({
    spec: z.looseObject({
      parentRefs: z.array(parentRefSchema).default([]),
      rules: z
        .array(
          z.looseObject({
            matches: z.array(grpcMatchSchema).default([]),
            backendRefs: z.array(backendRefSchema).default([]),
          }),
        )
        .default([]),
    }),
    status: routeStatusSchema,
  }),
);

export const gatewayClasses = defineKind(
  GATEWAY_GROUP,
  'GatewayClass',
  z.object({
    spec: z.looseObject({ controllerName: z.string() }),
  }),
);

const listenerSchema = z.looseObject({
  name: z.string(),
  port: z.number(),
  protocol: z.string(),
  hostname: z.string().optional(),
  allowedRoutes: z
    .looseObject({
      namespaces: z
        .looseObject({
          from: z.enum(['All', 'Same', 'Selector', 'None']).default('Same'),
          selector: labelSelectorSchema.optional(),
        })
        .default({ from: 'Same' }),
    })
    .default({ namespaces: { from: 'Same' } }),
});

export type Listener = z.infer<typeof listenerSchema>;

export const gateways = defineKind(
  GATEWAY_GROUP,
  'Gateway',
  z.object({
    spec: z.looseObject({
      gatewayClassName: z.string(),
      listeners: z.array(listenerSchema).default([]),
    }),
    status: z
      .looseObject({
        addresses: z.array(z.looseObject({ value: z.string() })).default([]),
      })
      .default({ addresses: [] }),
  }),
);

export type Gateway = ReturnType<typeof gateways.list>[number];

/** Whether a controller accepted the route for this parent. */
export function isAccepted(
  route: {
    namespace: string;
    body: { status: z.infer<typeof routeStatusSchema> };
  },
  parent: ParentRef,
  controllerName?: string,
): boolean {
  return route.body.status.parents.some(
    ({ parentRef, controllerName: writer, conditions }) =>
      (!controllerName || writer === controllerName) &&
      parentRef.kind === parent.kind &&
      parentRef.name === parent.name &&
      (parentRef.namespace ?? route.namespace) ===
        (parent.namespace ?? route.namespace) &&
      parentRef.port === parent.port &&
      parentRef.sectionName === parent.sectionName &&
      conditions.some(
        ({ type, status }) => type === 'Accepted' && status === 'True',
      ),
  );
}
