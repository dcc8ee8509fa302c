import { z } from 'zod';
import { defineKind, type Item } from './kind';
import { labelSelectorSchema, labelsSchema } from './selector';

const portNumberOrName = z.union([z.number(), z.string()]);

const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string().default(''),
  restartPolicy: z.string().optional(),
  ports: z
    .array(
      z.looseObject({
        containerPort: z.number(),
        name: z.string().optional(),
        protocol: z.string().default('TCP'),
      }),
    )
    .default([]),
  env: z
    .array(z.looseObject({ name: z.string(), value: z.string().optional() }))
    .default([]),
});

export type Container = z.infer<typeof containerSchema>;

const podSpecSchema = z.looseObject({
  containers: z.array(containerSchema).default([]),
  initContainers: z.array(containerSchema).default([]),
  serviceAccountName: z.string().default('default'),
  nodeName: z.string().optional(),
  hostNetwork: z.boolean().default(false),
});

export type PodSpec = z.infer<typeof podSpecSchema>;

const podStatusSchema = z.looseObject({
  phase: z.string().optional(),
  podIP: z.string().optional(),
  conditions: z
    .array(z.looseObject({ type: z.string(), status: z.string() }))
    .default([]),
});

export const pods = defineKind(
  '',
  'Pod',
  z.object({
    metadata: z.looseObject({
      ownerReferences: z
        .array(
          z.looseObject({
            kind: z.string(),
            name: z.string(),
            uid: z.string(),
          }),
        )
        .default([]),
    }),
    spec: podSpecSchema,
    status: podStatusSchema.default({ conditions: [] }),
  }),
);

export type Pod = Item<{
  metadata: {
    ownerReferences: { kind: string; name: string; uid: string }[];
  };
  spec: PodSpec;
  status: z.infer<typeof podStatusSchema>;
}>;

/** Whether the kubelet reports the pod as ready. */
export function isReady(pod: Pod): boolean {
  return pod.body.status.conditions.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

/** All containers that run beside each other: the ordinary ones and the native sidecars. */
export function runningContainers({ body }: Pod): Container[] {
  return [
    ...body.spec.initContainers.filter(
      ({ restartPolicy }) => restartPolicy === 'Always',
    ),
    ...body.spec.containers,
  ];
}

export const podTemplateSchema = z.looseObject({
  metadata: z
    .looseObject({
      labels: labelsSchema.default({}),
      annotations: labelsSchema.default({}),
    })
    .default({ labels: {}, annotations: {} }),
  spec: z.looseObject({}),
});

export type PodTemplate = z.infer<typeof podTemplateSchema>;

const workloadSpec = {
  replicas: z.number().int().min(0).default(1),
  selector: labelSelectorSchema,
  template: podTemplateSchema,
};

export const deployments = defineKind(
  'apps',
  'Deployment',
  z.object({ spec: z.looseObject(workloadSpec) }),
);

const ownersSchema = z
  .array(
    z.looseObject({
      kind: z.string(),
      name: z.string(),
      uid: z.string(),
      controller: z.boolean().optional(),
    }),
  )
  .default([]);

export const replicaSets = defineKind(
  'apps',
  'ReplicaSet',
  z.object({
    metadata: z.looseObject({ ownerReferences: ownersSchema }),
    spec: z.looseObject(workloadSpec),
  }),
);

export const statefulSets = defineKind(
  'apps',
  'StatefulSet',
  z.object({
    spec: z.looseObject({
      ...workloadSpec,
      serviceName: z.string().default(''),
    }),
  }),
);

export const daemonSets = defineKind(
  'apps',
  'DaemonSet',
  z.object({ spec: z.looseObject(workloadSpec) }),
);

const servicePortSchema = z.looseObject({
  name: z.string().default(''),
  port: z.number(),
  protocol: z.string().default('TCP'),
  targetPort: portNumberOrName.optional(),
  appProtocol: z.string().optional(),
});

export type ServicePort = z.infer<typeof servicePortSchema>;

export const services = defineKind(
  '',
  'Service',
  z.object({
    spec: z.looseObject({
      type: z.string().default('ClusterIP'),
      clusterIP: z.string().optional(),
      selector: labelsSchema.optional(),
      ports: z.array(servicePortSchema).default([]),
    }),
  }),
);

export type Service = Item<{
  spec: {
    type: string;
    clusterIP?: string;
    selector?: Record<string, string>;
    ports: ServicePort[];
  };
}>;

export const endpointSlices = defineKind(
  'discovery.k8s.io',
  'EndpointSlice',
  z.object({
    endpoints: z
      .array(
        z.looseObject({
          addresses: z.array(z.string()),
          conditions: z
            .looseObject({ ready: z.boolean().optional() })
            .default({}),
          targetRef: z.looseObject({ name: z.string() }).optional(),
        }),
      )
      .default([]),
    ports: z
      .array(
        z.looseObject({
          name: z.string().default(''),
          port: z.number().optional(),
        }),
      )
      .default([]),
  }),
);

export const nodes = defineKind(
  '',
  'Node',
  z.object({
    spec: z.looseObject({ podCIDR: z.string().optional() }).default({}),
    status: z
      .looseObject({
        addresses: z
          .array(z.looseObject({ type: z.string(), address: z.string() }))
          .default([]),
        nodeInfo: z
          .looseObject({ kubeletVersion: z.string().default('') })
          .default({ kubeletVersion: '' }),
      })
      .default({ addresses: [], nodeInfo: { kubeletVersion: '' } }),
  }),
);

export type Node = Item<{
  spec: { podCIDR?: string };
  status: {
    addresses: { type: string; address: string }[];
    nodeInfo: { kubeletVersion: string };
  };
}>;

export const namespaces = defineKind('', 'Namespace', z.object({}));

export const configMaps = defineKind(
  '',
  'ConfigMap',
  z.object({ data: labelsSchema.default({}) }),
);

export const serviceAccounts = defineKind('', 'ServiceAccount', z.object({}));

export const mutatingWebhooks = defineKind(
  'admissionregistration.k8s.io',
  'MutatingWebhookConfiguration',
  z.object({
    webhooks: z
      .array(
        z.looseObject({
          name: z.string(),
          namespaceSelector: labelSelectorSchema.default({}),
          objectSelector: labelSelectorSchema.default({}),
        }),
      )
      .default([]),
  }),
);
