import {
  ControlPlane,
  ControlPlaneCertificate,
  ControlPlaneFact,
  ControlPlaneState,
  ControlPlaneWebhook,
  Reason,
} from 'backstage-plugin-mesh-common';

const DAY_MS = 86_400_000;

/** A moment that is so many days away; a bit more, so that whole days are left while a test runs. */
export const inDays = (days: number) =>
  new Date(Date.now() + days * DAY_MS + 3_600_000).toISOString();

const istiod = (text: string, field = 'status'): Reason => ({
  rule: 'istio/control-plane/ready',
  text,
  object: {
    cluster: 'east',
    kind: 'apps/Deployment',
    namespace: 'istio-system',
    name: 'istiod',
  },
  field,
});

const config = (text: string, setting: string): Reason => ({
  rule: 'istio/mesh-config',
  text,
  object: {
    cluster: 'east',
    kind: 'ConfigMap',
    namespace: 'istio-system',
    name: 'istio',
  },
  field: `data.mesh ${setting}`,
});

const fact = (
  id: string,
  title: string,
  value: ControlPlaneState,
  reason: Reason,
): ControlPlaneFact => ({ id, title, answer: { value, reasons: [reason] } });

const injector: ControlPlaneWebhook = {
  name: 'istio-sidecar-injector',
  purpose: 'injection',
  answer: {
    value: 'good',
    reasons: [
      {
        rule: 'istio/control-plane/webhook',
        text: 'When nobody answers, pods that it selects are not created (failurePolicy Fail)',
      },
    ],
  },
  failurePolicy: 'Fail',
  asks: 'Service istio-system/istiod',
  selects: [
    {
      webhook: 'namespace.sidecar-injector.istio.io',
      namespaces: 'istio-injection in (enabled)',
      objects: '',
    },
  ],
};

/** A revision that is well. */
export const defaultPlane: ControlPlane = {
  revision: 'default',
  version: '1.27.3',
  namespace: 'istio-system',
  ready: 2,
  replicas: 2,
  runs: { value: 'here', reasons: [istiod('Deployment runs it')] },
  tags: [
    {
      name: 'prod',
      reason: { rule: 'istio/control-plane/tag', text: 'points to default' },
    },
  ],
  facts: [
    fact('version', 'Version', 'info', istiod('istiod is of version 1.27.3')),
    fact(
      'mesh-config',
      'Mesh config',
      'good',
      config('ConfigMap istio-system/istio has it', ''),
    ),
  ],
  webhooks: [
    injector,
    {
      ...injector,
      name: 'istio-revision-tag-prod',
      tag: 'prod',
      authority: {
        id: 'webhook tag',
        title: 'Authority',
        validity: { value: 'known', reasons: [] },
        notAfter: inDays(12),
        warnBelowDays: 30,
      },
    },
  ],
  settings: [
    {
      name: 'trustDomain',
      value: 'cluster.local',
      source: 'default',
      followed: true,
      reason: config('it is the default', 'trustDomain'),
    },
    {
      name: 'PILOT_ENABLE_AMBIENT',
      value: 'true',
      source: 'written',
      followed: false,
      reason: istiod('it sets it', 'env PILOT_ENABLE_AMBIENT'),
    },
  ],
  proxies: [{ version: '1.27.3', pods: 31 }],
};

/** One that runs elsewhere, whose settings nobody can read. */
export const managedPlane: ControlPlane = {
  revision: 'asm-managed',
  runs: {
    value: 'elsewhere',
    reasons: [{ rule: 'istio/control-plane/runs', text: 'It asks a URL' }],
  },
  facts: [
    {
      id: 'version',
      title: 'Version',
      answer: {
        value: 'unknown',
        cause: 'absent',
        reasons: [
          {
            rule: 'istio/control-plane/version',
            text: 'istiod of revision asm-managed runs elsewhere',
          },
        ],
      },
    },
  ],
};

const certificate = (
  id: string,
  fields: Partial<ControlPlaneCertificate>,
): ControlPlaneCertificate => ({
  id,
  title: id,
  validity: {
    value: 'known',
    reasons: [
      {
        ...config('It is in ConfigMap istio-system/istio-ca-root-cert', ''),
        field: 'data.root-cert.pem',
      },
    ],
  },
  warnBelowDays: 30,
  ...fields,
});

/** In every state. */
export const certificates: ControlPlaneCertificate[] = [
  certificate('Root', { notAfter: inDays(400) }),
  certificate('Ending', { notAfter: inDays(12) }),
  certificate('Expired', { notAfter: '2025-01-01T00:00:00Z' }),
  certificate('Renewed', {
    notAfter: inDays(2),
    renewalTime: inDays(1),
    renewal: {
      value: 'good',
      reasons: [{ rule: 'r', text: 'cert-manager renews it' }],
    },
  }),
  certificate('Overdue', {
    notAfter: inDays(5),
    renewalTime: '2025-01-01T00:00:00Z',
    renewal: {
      value: 'good',
      reasons: [{ rule: 'r', text: 'cert-manager renews it' }],
    },
  }),
  certificate('Issuer', {
    validity: {
      value: 'unknown',
      cause: 'forbidden',
      reasons: [
        {
          rule: 'istio/control-plane/certificate',
          text: 'It is kept in Secret istio-system/cacerts, and Secrets are never read of a cluster',
        },
      ],
    },
  }),
];

/** What a metric says of one of them. */
export function measuredCertificate(
  id: string,
  days: number,
): ControlPlaneCertificate {
  return certificate(id, {
    notAfter: inDays(days),
    validity: {
      value: 'known',
      reasons: [
        {
          rule: 'istio/control-plane/certificate-metric',
          text: 'Metric expiry_timestamp of istio-system/istiod-a',
        },
      ],
    },
  });
}

/** One of which the store has no metric. */
export function unmeasuredCertificate(id: string): ControlPlaneCertificate {
  return certificate(id, {
    validity: {
      value: 'unknown',
      cause: 'not-measured',
      reasons: [
        {
          rule: 'istio/control-plane/certificate-metric',
          text: 'The store has no expiry_timestamp',
        },
      ],
    },
  });
}
